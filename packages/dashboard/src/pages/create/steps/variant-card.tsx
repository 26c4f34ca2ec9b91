import { ActionIcon, Button, NumberInput, Radio, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { previewOf, readPayload } from '../../../parts/forms/payload.ts'
import { PayloadField } from '../../../parts/forms/payload-field.tsx'
import type { VariantDraft } from '../draft.ts'
import { numberOf } from '../number-of.ts'
import { variantFieldId } from '../variant-problems.ts'
import classes from './variant-card.module.css'

interface Props {
  readonly variant: VariantDraft
  /** Its place in the list, from 1, for labels while it has no key. */
  readonly number: number
  readonly isControl: boolean
  readonly isWeighted: boolean
  readonly isRemovable: boolean
  readonly startsOpen: boolean
  readonly keyError: string | undefined
  readonly nameError: string | undefined
  readonly weightError: string | undefined
  readonly onPatch: (id: number, fields: Partial<VariantDraft>) => void
  readonly onRemove: (id: number) => void
  readonly onChoose: (id: number) => void
}

/** One variant. Drawn again only when it changes, since there may be a thousand. */
export const VariantCard = memo(function VariantCard(props: Props) {
  const { variant, number, isControl, isWeighted, isRemovable, onPatch, onRemove, onChoose } = props
  const { id, key, name, payload, weight } = variant
  const called = key === '' ? `variant ${number}` : key
  return (
    <section className={classes.card} aria-label={`Variant ${number}`}>
      <div className={classes.fields} data-weighted={isWeighted || undefined}>
        <TextInput
          id={variantFieldId(id, 'key')}
          label="Key"
          aria-label={`Key of variant ${number}`}
          dir="ltr"
          spellCheck={false}
          value={key}
          error={props.keyError}
          onChange={(event) => onPatch(id, { key: event.currentTarget.value })}
        />
        <TextInput
          id={variantFieldId(id, 'name')}
          label="Name"
          aria-label={`Name of variant ${number}`}
          placeholder={key}
          dir="auto"
          value={name}
          error={props.nameError}
          onChange={(event) => onPatch(id, { name: event.currentTarget.value })}
        />
        {isWeighted ? (
          <NumberInput
            id={variantFieldId(id, 'weight')}
            label="Weight"
            aria-label={`Weight of variant ${number}`}
            min={0}
            hideControls
            value={weight}
            error={props.weightError}
            onChange={(value) => onPatch(id, { weight: numberOf(value) })}
          />
        ) : null}
        {isRemovable ? (
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            c="dimmed"
            size={36}
            aria-label={`Remove ${called}`}
            onClick={() => onRemove(id)}
          >
            <IconTrash size={17} />
          </ActionIcon>
        ) : null}
      </div>
      <Radio
        name="control"
        label="Control"
        aria-label={`${called} is the control`}
        size="sm"
        checked={isControl}
        onChange={() => onChoose(id)}
      />
      <Payload
        id={id}
        label={`Payload of ${called}`}
        payload={payload}
        startsOpen={props.startsOpen}
        onPatch={onPatch}
      />
    </section>
  )
})

interface PayloadProps extends Pick<Props, 'startsOpen' | 'onPatch'> {
  readonly id: number
  readonly label: string
  readonly payload: VariantDraft['payload']
}

function Payload({ id, label, payload, startsOpen, onPatch }: PayloadProps) {
  const [isOpened, setOpened] = useState(startsOpen)
  const isOpen = isOpened || readPayload(payload).status === 'invalid'
  return (
    <div className={classes.payload}>
      {isOpen ? (
        <PayloadField
          id={variantFieldId(id, 'payload')}
          label={label}
          value={payload}
          onChange={(next) => onPatch(id, { payload: next })}
        />
      ) : (
        <Button size="compact-sm" variant="subtle" color="gray" c="dimmed" onClick={() => setOpened(true)}>
          {payload.text === '' ? 'Add a payload' : `Payload: ${previewOf(payload, 60)}`}
        </Button>
      )}
    </div>
  )
}
