import type { MetricKind } from '@helios/sdk'
import { Radio, SimpleGrid, Text } from '@mantine/core'
import { KIND_WORDS } from '../kind-words.ts'
import classes from './define.module.css'

const KINDS = Object.entries(KIND_WORDS) as [MetricKind, (typeof KIND_WORDS)[MetricKind]][]

interface Props {
  readonly value: MetricKind
  readonly onChange: (kind: MetricKind) => void
}

/** The six kinds of metrics, each with what it is for. */
export function KindPicker({ value, onChange }: Props) {
  return (
    <Radio.Group label="Kind" value={value} onChange={(kind) => onChange(kind as MetricKind)}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={6}>
        {KINDS.map(([kind, { label, explanation }]) => (
          <Radio.Card key={kind} value={kind} radius="md" className={classes.kind} aria-label={label}>
            <Radio.Indicator />
            <div>
              <Text fw={600} size="sm">
                {label}
              </Text>
              <Text size="sm" c="dimmed" lh={1.4}>
                {explanation}
              </Text>
            </div>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}
