import { NumberInput } from '@mantine/core'
import { numberOf } from '../create/number-of.ts'
import type { NumberDraft, PowerDraft } from './power-draft.ts'

/** Names of the fields that hold a number. */
type NumberName = {
  [Name in keyof PowerDraft]: PowerDraft[Name] extends NumberDraft
    ? NumberDraft extends PowerDraft[Name]
      ? Name
      : never
    : never
}[keyof PowerDraft]

export interface FieldProps {
  readonly draft: PowerDraft
  readonly change: (fields: Partial<PowerDraft>) => void
}

interface Props extends FieldProps {
  readonly name: NumberName
  readonly label: string
  readonly description?: string
  readonly suffix?: string
  readonly placeholder?: string
  readonly allowNegative?: boolean
}

/** A number of the question; empty while it is not one. */
export function NumberField({ draft, change, name, allowNegative = false, ...field }: Props) {
  return (
    <NumberInput
      {...field}
      hideControls
      thousandSeparator=","
      allowNegative={allowNegative}
      value={draft[name]}
      onChange={(value) => change({ [name]: numberOf(value) })}
    />
  )
}
