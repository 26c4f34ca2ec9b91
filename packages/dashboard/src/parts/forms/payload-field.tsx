import { formatBytes } from '@helios/charts/format'
import { Button, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { formatted, inMode, type PayloadDraft, readPayload } from './payload.ts'

interface Props {
  readonly id: string
  /** Whose payload it is: "Payload of warm". */
  readonly label: string
  readonly value: PayloadDraft
  readonly onChange: (value: PayloadDraft) => void
  readonly rows?: number
  readonly placeholder?: string
}

const MODES = [
  { value: 'text', label: 'Text' },
  { value: 'json', label: 'JSON' },
]
/** From here on the size is worth saying. */
const LARGE_CHARACTERS = 10_000

/** What a variant hands out: text or JSON, judged while it is typed. */
export function PayloadField({ id, label, value, onChange, rows = 3, placeholder }: Props) {
  const reading = readPayload(value)
  const isLarge = value.text.length > LARGE_CHARACTERS
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text component="label" htmlFor={id} size="sm" fw={500}>
          {label}
        </Text>
        <Group gap="xs">
          {value.mode === 'json' ? (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Format: ${label}`}
              onClick={() => onChange(formatted(value))}
            >
              Format
            </Button>
          ) : null}
          <SegmentedControl
            size="xs"
            data={MODES}
            value={value.mode}
            aria-label={`Kind of ${label}`}
            onChange={(mode) => onChange(inMode(value, mode as PayloadDraft['mode']))}
          />
        </Group>
      </Group>
      <Textarea
        id={id}
        rows={rows}
        dir={value.mode === 'text' ? 'auto' : 'ltr'}
        value={value.text}
        onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
        error={reading.status === 'invalid' ? reading.problem : undefined}
        placeholder={
          placeholder ?? (value.mode === 'json' ? '{ "text": "Good to see you!" }' : 'Good to see you!')
        }
        spellCheck={value.mode === 'text'}
        styles={{
          input: {
            resize: 'vertical',
            ...(value.mode === 'json'
              ? { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 }
              : {}),
          },
        }}
      />
      {isLarge ? (
        <Text size="xs" c="dimmed">
          About {formatBytes(value.text.length)}. Every decision hands it out, and every client keeps it.
        </Text>
      ) : null}
    </Stack>
  )
}
