import { Alert, Button, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import {
  AUDIENCE_ID,
  type AudienceDraft,
  type AudienceProblem,
  audienceInMode,
  type ConditionRow,
  EMPTY_ROW,
  readAudience,
} from './audience.ts'
import { ConditionFields } from './condition-fields.tsx'
import { conditionInWords } from './condition-in-words.ts'

interface Props {
  readonly value: AudienceDraft
  readonly onChange: (value: AudienceDraft) => void
  /** Whether what is missing is said, too; it is not while somebody is still on the way. */
  readonly showsProblems: boolean
}

const MODES = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'rows', label: 'Conditions' },
  { value: 'json', label: 'JSON' },
]

/** Who may take part: everyone, rows of comparisons, or any tree of them as JSON; told in words below. */
export function AudienceField({ value, onChange, showsProblems }: Props) {
  const [isUnsayable, setUnsayable] = useState(false)
  const reading = readAudience(value)
  const problems = reading.status === 'invalid' ? reading.problems : []
  const choose = (mode: string) => {
    const next = audienceInMode(value, mode as AudienceDraft['mode'])
    setUnsayable(next === undefined)
    if (next !== undefined) onChange(next)
  }
  return (
    <Stack gap="sm">
      <SegmentedControl data={MODES} value={value.mode} onChange={choose} aria-label="Audience" />
      {isUnsayable ? (
        <Alert color="yellow" role="alert">
          Rows cannot say this: they hold one list of comparisons, without groups inside. It stays as JSON.
        </Alert>
      ) : null}
      {value.mode === 'rows' ? (
        <Rows value={value} onChange={onChange} problems={showsProblems ? problems : []} />
      ) : null}
      {value.mode === 'json' ? (
        <Textarea
          id={AUDIENCE_ID}
          label="Condition as JSON"
          description="Comparisons, and groups of them: all, any, not. Up to 16 levels deep."
          rows={8}
          spellCheck={false}
          value={value.json}
          onChange={(event) => onChange({ ...value, json: event.currentTarget.value })}
          placeholder='{ "all": [{ "attribute": "country", "operator": "in", "value": ["DE", "AT"] }] }'
          error={value.json === '' && !showsProblems ? undefined : problems[0]?.message}
          styles={{
            input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13, resize: 'vertical' },
          }}
        />
      ) : null}
      {reading.status === 'ok' ? (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          In words:{' '}
          <bdi>{reading.condition === undefined ? 'everyone' : conditionInWords(reading.condition)}</bdi>.
        </Text>
      ) : null}
    </Stack>
  )
}

interface RowsProps extends Omit<Props, 'showsProblems'> {
  readonly problems: readonly AudienceProblem[]
}

function Rows({ value, onChange, problems }: RowsProps) {
  const { rows, joiner } = value
  const setRows = (next: readonly ConditionRow[]) => onChange({ ...value, rows: next })
  const ofAll = problems.find(({ row }) => row === undefined)
  return (
    <Stack gap="xs">
      {rows.length > 1 ? (
        <NativeSelect
          label="Take part when"
          value={joiner}
          maw={240}
          onChange={(event) =>
            onChange({ ...value, joiner: event.currentTarget.value as AudienceDraft['joiner'] })
          }
          data={[
            { value: 'all', label: 'all of these hold' },
            { value: 'any', label: 'any of these holds' },
          ]}
        />
      ) : null}
      {rows.map((row, index) => (
        <ConditionFields
          key={row.id}
          row={row}
          number={index + 1}
          problems={problems.filter((problem) => problem.row === row.id)}
          onChange={(next) => setRows(rows.map((other) => (other.id === row.id ? next : other)))}
          onRemove={() => setRows(rows.filter((other) => other.id !== row.id))}
        />
      ))}
      {ofAll ? (
        <Text size="sm" c="var(--bad)" role="alert">
          {ofAll.message}
        </Text>
      ) : null}
      <Group>
        <Button
          id={rows.length === 0 ? AUDIENCE_ID : undefined}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setRows([...rows, { ...EMPTY_ROW, id: nextId(rows) }])}
        >
          Add a condition
        </Button>
      </Group>
    </Stack>
  )
}

function nextId(rows: readonly ConditionRow[]): number {
  return Math.max(-1, ...rows.map(({ id }) => id)) + 1
}
