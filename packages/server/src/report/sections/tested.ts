import { formatCount, formatDuration, formatTime } from '@helios/charts'
import type { Allocation, Experiment } from '@helios/sdk'
import type { Block, Section, Table } from '../blocks.ts'
import type { Report } from '../report.ts'
import { capital, conditionInWords, counted, listed, type Names, pluralOf, share } from '../words.ts'

/** The question: what was believed, what was compared, with whom and how long. */
export function testedSection(report: Report, names: Names): Section {
  const { hypothesis } = report.experiment
  const quoted: Block[] = hypothesis.trim() === '' ? [] : [{ kind: 'quotation', text: hypothesis.trim() }]
  return {
    id: 'tested',
    title: 'What was tested',
    blocks: [...quoted, { kind: 'facts', facts: factsOf(report, names) }, ...variantBlocks(report, names)],
  }
}

function factsOf({ experiment, units, generatedAt }: Report, names: Names): [string, string][] {
  const { key, unit, coverage, audience, metrics, shipped, tags, version } = experiment
  const roles = [
    ['Decides', metrics.primary],
    ['Must not get worse', metrics.guardrails],
    ['Also measured', metrics.secondary],
  ] as const
  return [
    ['Experiment', `${key}, version ${version}`],
    ['Status', statusInWords(experiment)],
    ['Time', timeInWords(experiment, generatedAt)],
    [capital(pluralOf(unit)), `${formatCount(units)}; each ${unit} counts once, from its first exposure`],
    ...(audience === undefined ? [] : [['Audience', conditionInWords(audience)] as [string, string]]),
    ...(coverage < 1 ? [['Coverage', `${share(coverage)} of them`] as [string, string]] : []),
    ...roles.flatMap(([name, keys]): [string, string][] =>
      keys.length === 0 ? [] : [[name, listed(keys.map(names.metric))]],
    ),
    ...(shipped === undefined ? [] : [['Shipped to everyone', names.variant(shipped)] as [string, string]]),
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] as [string, string]]),
  ]
}

function statusInWords({ status, minimumSample, analysis, unit }: Experiment): string {
  if (status !== 'running' && status !== 'paused') return status
  const plan = [
    ...(minimumSample > 0 ? [`at least ${counted(minimumSample, unit)} per variant`] : []),
    ...(analysis.minimumDurationDays > 0 ? [`at least ${counted(analysis.minimumDurationDays, 'day')}`] : []),
  ]
  return plan.length === 0 ? status : `${status}; planned: ${plan.join(', ')}`
}

function timeInWords({ createdAt, startedAt, endedAt }: Experiment, now: number): string {
  if (startedAt === undefined) return `not started; made ${formatTime(createdAt)}`
  const until = endedAt ?? now
  const end = endedAt === undefined ? 'now' : formatTime(endedAt)
  return `${formatTime(startedAt)} until ${end} (${formatDuration(until - startedAt)})`
}

/** More rows than these are no longer read. */
const MOST_ROWS = 100

function variantBlocks(report: Report, names: Names): Block[] {
  const left = report.experiment.variants.length - MOST_ROWS
  const table = variantsTable(report, names)
  return left > 0 ? [table, { kind: 'remark', text: `Left out: ${counted(left, 'more variant')}.` }] : [table]
}

function variantsTable({ experiment, traffic, sampleRatio }: Report, names: Names): Table {
  const { variants, control, allocation, unit } = experiment
  const expected = new Map(Object.entries(sampleRatio.expected))
  const counts = new Map(Object.entries(traffic.units))
  return {
    kind: 'table',
    caption: 'Variants',
    columns: ['Variant', 'Key', 'Share', capital(pluralOf(unit)), 'Expected'],
    rows: variants
      .slice(0, MOST_ROWS)
      .map(({ key }) => [
        key === control ? `${names.variant(key)} (control)` : names.variant(key),
        key,
        shareOf(allocation, key, variants.length),
        formatCount(counts.get(key) ?? 0),
        formatCount(expected.get(key)),
      ]),
  }
}

function shareOf(allocation: Allocation, key: string, variants: number): string {
  if (allocation.kind === 'dynamic') return 'moves'
  if (allocation.kind === 'equal') return share(1 / variants)
  const weights = Object.values(allocation.weights).reduce((sum, weight) => sum + weight, 0)
  return share((new Map(Object.entries(allocation.weights)).get(key) ?? 0) / weights)
}
