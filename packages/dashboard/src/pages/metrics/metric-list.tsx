import { formatCount } from '@helios/charts/format'
import type { Metric } from '@helios/sdk'
import { Badge, Code, Paper, Skeleton, Text, Title } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Use } from './catalogue.ts'
import { DIRECTION_WORDS, KIND_WORDS } from './kind-words.ts'
import { metricInWords } from './metric-in-words.ts'
import classes from './metrics.module.css'

interface Props {
  readonly title: string
  readonly metrics: readonly Metric[]
  /** Absent until it is known. */
  readonly uses: ReadonlyMap<string, readonly Use[]> | undefined
}

/** One part of the catalogue; nothing when it is empty. */
export function MetricList({ title, metrics, uses }: Props) {
  if (metrics.length === 0) return null
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}{' '}
        <Text span c="dimmed" fw={500}>
          {formatCount(metrics.length)}
        </Text>
      </Title>
      <Paper component="ul" withBorder radius="lg" className={classes.list}>
        {metrics.map((metric) => (
          <Line key={metric.key} metric={metric} used={uses && (uses.get(metric.key)?.length ?? 0)} />
        ))}
      </Paper>
    </section>
  )
}

function Line({ metric, used }: { readonly metric: Metric; readonly used: number | undefined }) {
  return (
    <li className={classes.line}>
      <div className={classes.name}>
        <Link href={`/catalogue?metric=${encodeURIComponent(metric.key)}`} className={classes.open}>
          <bdi>{metric.name}</bdi>
        </Link>
        <Code className={classes.key}>{metric.key}</Code>
      </div>
      <Text size="sm" className={classes.words}>
        {metricInWords(metric)}.
      </Text>
      <div className={classes.facts}>
        <Badge variant="default" tt="none" fw={550}>
          {KIND_WORDS[metric.kind].label}
        </Badge>
        <Direction direction={metric.direction} />
        <Text size="sm" c="dimmed" className={classes.used}>
          {usedInWords(used)}
        </Text>
      </div>
    </li>
  )
}

export function Direction({ direction }: Pick<Metric, 'direction'>) {
  const Icon = direction === 'increase' ? IconArrowUpRight : IconArrowDownRight
  return (
    <Text component="span" size="sm" className={classes.direction}>
      <Icon size={16} aria-hidden />
      {DIRECTION_WORDS[direction]}
    </Text>
  )
}

export function usedInWords(used: number | undefined): string {
  if (used === undefined) return ''
  if (used === 0) return 'Not used yet'
  return used === 1 ? 'Used by 1 experiment' : `Used by ${formatCount(used)} experiments`
}

const LINES = ['one', 'two', 'three', 'four', 'five', 'six']

export function MetricListSkeleton() {
  return (
    <Paper withBorder radius="lg" className={classes.list} role="status" aria-label="Loading the metrics">
      {LINES.map((name) => (
        <div key={name} className={classes.line}>
          <Skeleton h={18} w="60%" />
          <Skeleton h={18} />
          <Skeleton h={18} w="80%" />
        </div>
      ))}
    </Paper>
  )
}
