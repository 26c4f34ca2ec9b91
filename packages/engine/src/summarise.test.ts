import { slotsFromWeights } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS, manualClock } from './clock.ts'
import { designExperiment, type Experiment, metricKeysOf } from './experiment.ts'
import { Metrics } from './metrics.ts'
import { ExperimentTotals } from './projection/experiment-totals.ts'
import { affectedBy, planFor } from './projection/plan.ts'
import { memoryStorage } from './storage/memory.ts'
import { summariseExperiment } from './summarise.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const metrics = new Metrics(memoryStorage().registry, manualClock(START))

function experimentOf(
  extra: Partial<Experiment> = {},
  weights: Record<string, number> = { warm: 1, calm: 1 },
): Experiment {
  const design = designExperiment({
    analysis: { method: 'fixed-horizon' },
    key: 'tone',
    variants: [{ key: 'warm' }, { key: 'calm', control: true }],
    metrics: { primary: ['clicks'], secondary: ['cost'], guardrails: ['revenue'] },
  })
  return {
    ...design,
    version: 1,
    status: 'running',
    slots: slotsFromWeights(['warm', 'calm'], weights),
    layerRanges: [],
    createdAt: START,
    updatedAt: START,
    startedAt: START,
    ...extra,
  }
}

function totalsOf(experiment: Experiment): ExperimentTotals {
  const plan = planFor(metricKeysOf(experiment.metrics).map((key) => metrics.get(key)))
  return new ExperimentTotals({
    key: experiment.key,
    plan,
    variants: experiment.variants.length,
    startedAt: START,
    nameOf: String,
  })
}

function summarise(totals: ExperimentTotals, versions: readonly Experiment[], now = START) {
  const latest = versions.at(-1) as Experiment
  return summariseExperiment(latest, totals, (version) => versions[version - 1], metrics, now)
}

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)
const enrol = (totals: ExperimentTotals, count: number, variant: number, version = 1, at = START) => {
  for (let i = 0; i < count; i++) totals.enrol(totals.count, { at, variant, version, combination: 0 })
}

describe('the summary of an experiment', () => {
  it('names the control, whatever its place, and gives each metric its role', () => {
    const experiment = experimentOf()
    const found = summarise(totalsOf(experiment), [experiment])
    expect(found).toMatchObject({
      variants: ['warm', 'calm'],
      control: 'calm',
      counts: [0, 0],
      expected: [0, 0],
    })
    expect(found.metrics.map(({ metric, role }) => [metric.key, role])).toEqual([
      ['clicks', 'primary'],
      ['cost', 'secondary'],
      ['revenue', 'guardrail'],
    ])
  })

  it('has each metric over the units of its variant', () => {
    const experiment = experimentOf()
    const totals = totalsOf(experiment)
    enrol(totals, 3, 0)
    enrol(totals, 2, 1)
    const affected = affectedBy(totals.plan, 'clicks')
    if (!affected) throw new Error('Clicks are planned for')
    totals.observe(0, affected, 6, START)
    totals.observe(4, affected, 1, START)
    const found = summarise(totals, [experiment])
    expect(found.counts).toEqual([3, 2])
    expect(found.metrics[0]?.summaries).toEqual([
      { units: 3, mean: [2], covariance: [[12]] },
      { units: 2, mean: [0.5], covariance: [[0.5]] },
    ])
  })

  it('expects units by the shares that were in force when each was exposed', () => {
    const versions = [experimentOf(), experimentOf({ version: 2 }, { warm: 3, calm: 1 })]
    const totals = totalsOf(versions[1] as Experiment)
    enrol(totals, 10, 0, 1)
    enrol(totals, 10, 1, 1)
    enrol(totals, 30, 0, 2)
    enrol(totals, 10, 1, 2)
    const found = summarise(totals, versions)
    expect(found.expected).toEqual([10 + 30, 10 + 10])
    expect(codes(found.findings)).toContain('allocation-changed')
  })

  it('does not speak of changed shares before a unit met the new ones', () => {
    const versions = [experimentOf(), experimentOf({ version: 2 }, { warm: 3, calm: 1 })]
    const totals = totalsOf(versions[1] as Experiment)
    enrol(totals, 10, 0, 1)
    expect(summarise(totals, versions).expected).toEqual([5, 5])
    expect(codes(summarise(totals, versions).findings)).toEqual(['fixed-horizon'])
  })

  it('counts units per day of their exposure, in the order of the calendar', () => {
    const experiment = experimentOf()
    const totals = totalsOf(experiment)
    enrol(totals, 2, 1, 1, START + DAY_MILLISECONDS)
    expect(summarise(totals, [experiment]).stratifications).toEqual([])
    enrol(totals, 3, 0, 1, START)
    enrol(totals, 1, 0, 1, START + DAY_MILLISECONDS)
    expect(summarise(totals, [experiment]).stratifications).toEqual([
      {
        name: 'day',
        strata: [
          { stratum: '2026-03-01', counts: [3, 0] },
          { stratum: '2026-03-02', counts: [1, 2] },
        ],
      },
    ])
  })

  it.each([
    ['running', 13.9, ['fixed-horizon']],
    ['running', 14.1, ['beyond-maximum-duration', 'fixed-horizon']],
    ['paused', 1, ['fixed-horizon']],
  ] as const)('of one that is %s after %f days warns of %j', (status, days, expected) => {
    const experiment = experimentOf({ status, maximumDurationDays: 14 })
    const found = summarise(totalsOf(experiment), [experiment], START + days * DAY_MILLISECONDS)
    expect(codes(found.findings)).toEqual(expected)
  })

  it('of one that ended knows how long it ran', () => {
    const ended = { status: 'completed', endedAt: START + 3 * DAY_MILLISECONDS } as const
    const later = START + 100 * DAY_MILLISECONDS
    const inTime = experimentOf({ ...ended, maximumDurationDays: 3 })
    const late = experimentOf({ ...ended, maximumDurationDays: 2 })
    expect(codes(summarise(totalsOf(inTime), [inTime], later).findings)).toEqual([])
    expect(codes(summarise(totalsOf(late), [late], later).findings)).toEqual(['beyond-maximum-duration'])
  })

  it('of a draft warns of nothing', () => {
    const { startedAt: _, ...draft } = experimentOf({ status: 'draft', maximumDurationDays: 1 })
    expect(summarise(totalsOf(draft), [draft]).findings).toEqual([])
  })
})
