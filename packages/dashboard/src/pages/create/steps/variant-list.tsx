import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { startTransition, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { SharesBar } from '../../../parts/forms/shares-bar.tsx'
import { type Draft, emptyVariant, sharesOf, type VariantDraft } from '../draft.ts'
import type { StepProps } from '../step-props.ts'
import { ADD_VARIANT_ID, MOST_VARIANTS, type VariantField, variantFieldId } from '../variant-problems.ts'
import { PasteVariants } from './paste-variants.tsx'
import { VariantCard } from './variant-card.tsx'

/** More are shown when asked for: each has fields that a browser must lay out. */
const PAGE = 50
/** Up to here every payload is open from the start. */
const MOST_OPEN = 6

export function VariantList({ draft, change, errorOf }: StepProps) {
  const [isComplete, setComplete] = useState(false)
  const { variants, control, isWeighted } = draft
  const patch = useCallback(
    (id: number, fields: Partial<VariantDraft>) =>
      change((known) => ({
        variants: known.variants.map((variant) => (variant.id === id ? { ...variant, ...fields } : variant)),
      })),
    [change],
  )
  const remove = useCallback((id: number) => change((known) => withoutVariant(known, id)), [change])
  const choose = useCallback((id: number) => change({ control: id }), [change])

  const hasHiddenProblem = variants.slice(PAGE).some(({ id }) => problemOf(id, errorOf) !== undefined)
  const shown = isComplete || hasHiddenProblem ? variants : variants.slice(0, PAGE)
  return (
    <Stack gap="md">
      <Stack gap="sm" role="radiogroup" aria-label="Control">
        {shown.map((variant, index) => (
          <VariantCard
            key={variant.id}
            variant={variant}
            number={index + 1}
            isControl={variant.id === control}
            isWeighted={isWeighted}
            isRemovable={variants.length > 2}
            startsOpen={variants.length <= MOST_OPEN}
            keyError={errorOf(variantFieldId(variant.id, 'key'))}
            nameError={errorOf(variantFieldId(variant.id, 'name'))}
            weightError={errorOf(variantFieldId(variant.id, 'weight'))}
            onPatch={patch}
            onRemove={remove}
            onChoose={choose}
          />
        ))}
      </Stack>
      {shown.length < variants.length ? (
        <Button variant="default" onClick={() => startTransition(() => setComplete(true))}>
          Show all {variants.length} variants
        </Button>
      ) : null}
      <Group gap="sm">
        <Button
          id={ADD_VARIANT_ID}
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={variants.length >= MOST_VARIANTS}
          onClick={() => change(withNewVariant)}
        >
          Add a variant
        </Button>
        <PasteVariants change={change} />
      </Group>
      {errorOf(ADD_VARIANT_ID) ? (
        <Text size="sm" c="var(--bad)">
          {errorOf(ADD_VARIANT_ID)}
        </Text>
      ) : null}
      <Shares draft={draft} change={change} />
    </Stack>
  )
}

const FIELDS: readonly VariantField[] = ['key', 'name', 'weight', 'payload']

function problemOf(id: number, errorOf: StepProps['errorOf']): string | undefined {
  return FIELDS.map((field) => errorOf(variantFieldId(id, field))).find((message) => message !== undefined)
}

function withNewVariant({ variants }: Draft): Partial<Draft> {
  return { variants: [...variants, emptyVariant(variants)] }
}

/** The control goes to the first when it is the one that is taken away. */
function withoutVariant({ variants, control }: Draft, id: number): Partial<Draft> {
  const others = variants.filter((variant) => variant.id !== id)
  return { variants: others, control: control === id ? (others[0]?.id ?? 0) : control }
}

function Shares({ draft, change }: Pick<StepProps, 'draft' | 'change'>) {
  const late = useDeferredValue(draft)
  const shares = useMemo(() => {
    const values = sharesOf(late)
    return late.variants.map(({ id, key }, index) => ({
      key,
      share: values[index] ?? 0,
      isControl: id === late.control,
    }))
  }, [late])
  return (
    <Stack gap="xs">
      <Switch
        label="Give variants different shares"
        description="Equal shares find differences soonest; small shares limit what a bad variant can do."
        checked={draft.isWeighted}
        onChange={(event) => change({ isWeighted: event.currentTarget.checked })}
      />
      <SharesBar shares={shares} />
    </Stack>
  )
}
