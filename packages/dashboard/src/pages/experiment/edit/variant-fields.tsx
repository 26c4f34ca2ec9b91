import { ActionIcon, Button, Group, Radio, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { NO_PAYLOAD } from '../../../parts/forms/payload.ts'
import { PayloadField } from '../../../parts/forms/payload-field.tsx'
import { counted } from '../words.ts'
import type { EditDraft, VariantDraft } from './draft.ts'
import classes from './edit.module.css'
import type { Problems } from './problems.ts'

interface Props {
  readonly draft: EditDraft
  readonly problems: Problems
  readonly onChange: (fields: Partial<EditDraft>) => void
}

const FIELDS_AT_FIRST = 20

/** The variants of a draft: keys, names, payloads, and which of them is the control. */
export function VariantFields({ draft, problems, onChange }: Props) {
  const [isWhole, setWhole] = useState(false)
  const { variants, control } = draft
  const shown = isWhole ? variants : variants.slice(0, FIELDS_AT_FIRST)
  const set = (next: readonly VariantDraft[]) => onChange({ variants: next })
  const add = () => {
    const id = Math.max(-1, ...variants.map((variant) => variant.id)) + 1
    setWhole(true)
    set([...variants, { id, key: '', name: '', payload: NO_PAYLOAD, weight: 1 }])
  }
  return (
    <Stack gap="sm">
      {shown.map((variant, index) => (
        <VariantFieldset
          key={variant.id}
          variant={variant}
          number={index + 1}
          isControl={variant.id === control}
          isOnly={variants.length <= 2}
          problems={problems}
          onChange={(next) => set(variants.map((other) => (other.id === variant.id ? next : other)))}
          onControl={() => onChange({ control: variant.id })}
          onRemove={() => set(variants.filter(({ id }) => id !== variant.id))}
        />
      ))}
      <Group>
        {shown.length < variants.length ? (
          <Button variant="default" size="xs" onClick={() => setWhole(true)}>
            Show all {counted(variants.length, 'variant')}
          </Button>
        ) : null}
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          Add a variant
        </Button>
      </Group>
      {problems.has('variants') ? (
        <Text size="sm" c="var(--bad)" role="alert">
          {problems.get('variants')}
        </Text>
      ) : null}
    </Stack>
  )
}

interface FieldsetProps {
  readonly variant: VariantDraft
  readonly number: number
  readonly isControl: boolean
  readonly isOnly: boolean
  readonly problems: Problems
  readonly onChange: (variant: VariantDraft) => void
  readonly onControl: () => void
  readonly onRemove: () => void
}

function VariantFieldset(props: FieldsetProps) {
  const { variant, number, isControl, isOnly, problems, onChange, onControl, onRemove } = props
  const { id, key, name, payload } = variant
  const whyNot = isControl ? 'The control stays: choose another one first.' : 'Two variants are the least.'
  return (
    <fieldset className={classes.variant}>
      <legend className="visually-hidden">Variant {number}</legend>
      <Group justify="space-between" mb="xs">
        <Radio
          name="edit-control"
          label="Control"
          aria-label={`Variant ${number} is the control`}
          checked={isControl}
          onChange={onControl}
        />
        <Tooltip
          label={isControl || isOnly ? whyNot : 'Remove'}
          events={{ hover: true, focus: true, touch: true }}
        >
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove variant ${number}`}
            {...(isControl || isOnly
              ? { 'data-disabled': true, 'aria-disabled': true }
              : { onClick: onRemove })}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Stack gap="sm">
        <div className={classes.pair}>
          <TextInput
            label="Key"
            aria-label={`Key of variant ${number}`}
            value={key}
            error={problems.get(`key-${id}`)}
            onChange={(event) => onChange({ ...variant, key: event.currentTarget.value })}
          />
          <TextInput
            label="Name"
            aria-label={`Name of variant ${number}`}
            value={name}
            error={problems.get(`name-${id}`)}
            onChange={(event) => onChange({ ...variant, name: event.currentTarget.value })}
          />
        </div>
        <PayloadField
          id={`edit-payload-${id}`}
          label={`Payload of ${name || key || `variant ${number}`}`}
          value={payload}
          onChange={(next) => onChange({ ...variant, payload: next })}
        />
      </Stack>
    </fieldset>
  )
}
