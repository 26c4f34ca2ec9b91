import type { Metric } from '@helios/sdk'
import { Anchor, Code, DataList, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { Snippet } from '../../parts/snippet.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { sourcesOf, type Use } from './catalogue.ts'
import { AGGREGATION_WORDS, KIND_WORDS } from './kind-words.ts'
import { exactly, metricInWords, periodInWords, rangeInWords } from './metric-in-words.ts'
import { Direction } from './metric-list.tsx'

interface Props {
  readonly metric: Metric | undefined
  readonly uses: readonly Use[] | undefined
  readonly onClose: () => void
}

/** Everything about one metric. */
export function MetricDrawer({ metric, uses, onClose }: Props) {
  return (
    <Drawer
      opened={metric !== undefined}
      onClose={onClose}
      position="right"
      size={580}
      title={<bdi>{metric?.name}</bdi>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 20, overflowWrap: 'anywhere', minWidth: 0 } }}
    >
      {metric ? <Details metric={metric} uses={uses ?? []} /> : null}
    </Drawer>
  )
}

function Details({ metric, uses }: { readonly metric: Metric; readonly uses: readonly Use[] }) {
  return (
    <Stack gap="lg" style={{ overflowWrap: 'anywhere' }}>
      <Stack gap={8}>
        <Group gap="sm">
          <Code>{metric.key}</Code>
          <Direction direction={metric.direction} />
        </Group>
        <Text size="lg" fw={500} lh={1.45}>
          {metricInWords(metric)}.
        </Text>
        {metric.description === '' ? null : (
          <Text c="dimmed" dir="auto">
            {metric.description}
          </Text>
        )}
      </Stack>
      <Facts metric={metric} />
      <Sending metric={metric} />
      <section>
        <Title order={3} size="h5" mb={6}>
          Used by
        </Title>
        <UsedBy uses={uses} />
      </section>
    </Stack>
  )
}

function Facts({ metric }: { readonly metric: Metric }) {
  const { kind, unitOfMeasure, cap, covariateDays } = metric
  const facts: readonly (readonly [string, string])[] = [
    ['Kind', `${KIND_WORDS[kind].label}. ${KIND_WORDS[kind].explanation}`],
    ['Compared by', KIND_WORDS[kind].method],
    [
      'Within a unit',
      kind === 'retention' ? 'Whether there is any outcome' : AGGREGATION_WORDS[metric.aggregation],
    ],
    ['Window', windowInWords(metric)],
    ['Without outcomes', metric.missing === 'zero' ? 'A unit counts as zero' : 'A unit is left out'],
    ['Cap', cap === undefined ? 'None' : exactly(cap)],
    ['Accepted values', metric.range === undefined ? 'Any' : rangeInWords(metric.range)],
    ['Unit of measure', unitOfMeasure ?? 'None'],
    [
      'Covariate',
      covariateDays === undefined ? 'None' : `${exactly(covariateDays)} days before the exposure`,
    ],
    ['Origin', metric.builtIn ? 'Built in' : 'Defined here'],
  ]
  return (
    <DataList withDivider labelWidth="140px" styles={{ item: { borderColor: 'var(--line)' } }}>
      {facts.map(([label, value]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue>{value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  )
}

function windowInWords({ fromMilliseconds: from, toMilliseconds: to }: Metric): string {
  if (to === undefined)
    return from === 0 ? 'From the exposure on' : `From ${periodInWords(from)} after the exposure on`
  return from === 0
    ? `${periodInWords(to)} from the exposure on`
    : `From ${periodInWords(from)} to ${periodInWords(to)} after the exposure`
}

function Sending({ metric }: { readonly metric: Metric }) {
  const sources = sourcesOf(metric).filter((source) => source !== '*')
  if (sources.length === 0) return null
  const lines = sources.map(
    (source) => `helios.observe({ unit: 'u42', metric: '${source}', value: ${exampleOf(metric)} })`,
  )
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        Send outcomes
      </Title>
      <Snippet label="Send outcomes with the sdk" code={lines.join('\n')} wraps />
    </section>
  )
}

function exampleOf({ range, kind }: Metric): number {
  if (range !== undefined) return range.maximum
  return kind === 'mean' || kind === 'quantile' ? 12.5 : 1
}

function UsedBy({ uses }: { readonly uses: readonly Use[] }) {
  if (uses.length === 0) {
    return (
      <Text c="dimmed">
        No experiment looks at it yet. Choose it when you make one, or edit a running one.
      </Text>
    )
  }
  return (
    <Stack gap={10}>
      {uses.map(({ experiment: { key, name, status }, role }) => (
        <Group key={`${key} ${role}`} justify="space-between" wrap="nowrap" gap="sm">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} href={`/experiments/${encodeURIComponent(key)}`}>
              <bdi>{name}</bdi>
            </Anchor>
            <Text size="sm" c="dimmed">
              {role === 'guardrail'
                ? 'Guardrail'
                : role === 'primary'
                  ? 'Primary metric'
                  : 'Secondary metric'}
            </Text>
          </div>
          <StatusBadge status={status} />
        </Group>
      ))}
    </Stack>
  )
}
