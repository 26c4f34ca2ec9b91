import { Textarea } from '@mantine/core'

/** What the server takes. */
const LONGEST_WHY = 2000

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The reason of a change, for the history. */
export function WhyField({ value, onChange }: Props) {
  return (
    <Textarea
      label="Why"
      description="Optional; kept in the history for everyone to read."
      autosize
      minRows={2}
      maxRows={6}
      maxLength={LONGEST_WHY}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
