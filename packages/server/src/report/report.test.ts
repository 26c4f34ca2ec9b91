import { beforeAll, describe, expect, it } from 'vitest'
import { reportOf } from '../testing/reported.ts'
import { renderReport } from './formats.ts'
import type { Report } from './report.ts'
import { sectionsOf } from './sections.ts'

/** The least that is worth sending: what a person reads first must be there, in this order. */
const ORDER = [
  'verdict',
  'tested',
  'results',
  'health',
  'stopping',
  'over-time',
  'segments',
  'posterior',
  'traffic',
  'methods',
  'changes',
]
const idsOf = (report: Report) => sectionsOf(report).map(({ id }) => id)

describe('a report of an experiment that worked', () => {
  let report: Report
  beforeAll(async () => {
    report = await reportOf()
  })

  it('answers in one sentence, and has everything behind it in order', () => {
    expect(report).toMatchObject({ status: 'ok', units: 3000, verdict: { code: 'deploy' } })
    expect(report.verdict.message).toMatch(/^Deploy v1: \+\d+.* on stayed/)
    expect(idsOf(report)).toEqual(ORDER)
  })

  it('gives each metric with its method and what it means', () => {
    expect(report.results.map(({ metric, role }) => [metric, role])).toEqual([
      ['stayed', 'primary'],
      ['seconds', 'guardrail'],
    ])
    const [warm, bold] = report.results[0]?.treatments ?? []
    expect(warm).toMatchObject({ variant: 'v1', n: 1000, reading: 'better', comparison: { status: 'ok' } })
    expect(warm?.mean).toBeCloseTo(0.42, 2)
    expect(bold).toMatchObject({ variant: 'v2', reading: 'undecided' })
    expect(report.computation.estimators.map(({ metrics }) => metrics)).toEqual([['stayed'], ['seconds']])
    for (const { assumptions } of report.computation.estimators) expect(assumptions.length).toBeGreaterThan(1)
  })

  it('counts new units by day', () => {
    const sum = report.traffic.days.flatMap(({ units }) => Object.values(units)).reduce((a, b) => a + b)
    expect(sum).toBe(3000)
    expect(report.traffic.units).toEqual({ v0: 1000, v1: 1000, v2: 1000 })
    expect(report.traffic.days.length).toBeGreaterThanOrEqual(8)
    expect(report.traffic.days.map(({ at }) => new Date(at).getHours())).toEqual(
      report.traffic.days.map(() => 0),
    )
  })

  it('draws the posteriors themselves', () => {
    expect(report.posteriors).toMatchObject([{ metric: 'stayed', isExact: true }])
    expect(Object.keys(report.posteriors[0]?.curves ?? {}).toSorted()).toEqual(['v0', 'v1', 'v2'])
  })

  it('says who changed it and why', () => {
    expect(report.changes.map(({ action, by, why }) => [action, by, why])).toEqual([
      ['create', 'Ada', 'the plan of March'],
      ['start', 'Ada', 'the plan of March'],
    ])
  })

  it('is plain JSON, and the same for the same events', async () => {
    const text = await renderReport(report, 'json')
    expect(JSON.parse(text)).toMatchObject({ units: 3000, experiment: { key: 'welcome' } })
    const again = await reportOf()
    const untimed = ({ experiment: _, changes: __, ...rest }: Report) => JSON.stringify(rest)
    expect(untimed(again)).toBe(untimed(report))
  })
})

describe('a report of numbers that would mislead', () => {
  it('shows none of them, in no format', async () => {
    const report = await reportOf({ lost: 30 })
    expect(report).toMatchObject({
      status: 'refused',
      results: [],
      posteriors: [],
      verdict: { code: 'do-not-read' },
    })
    expect(report.refusals).toMatchObject([{ code: 'sample-ratio-mismatch' }])
    expect(idsOf(report)).toEqual([
      'verdict',
      'tested',
      'health',
      'stopping',
      'traffic',
      'methods',
      'changes',
    ])
    for (const format of ['html', 'markdown'] as const) {
      const text = await renderReport(report, format)
      expect(text).toContain('No results are shown: the numbers would mislead')
      expect(text).toContain('fewer units than it should')
      // The shares that stayed, whatever they are written with.
      expect(text).not.toMatch(/4[12]\.\d\s%|confidence sequence/)
    }
  })
})

describe('a report before the first unit', () => {
  it('says that there is nothing yet', async () => {
    const report = await reportOf({ units: 0 })
    expect(report).toMatchObject({ status: 'empty', verdict: { code: 'not-started' } })
    expect(idsOf(report)).toEqual(['verdict', 'tested', 'methods', 'changes'])
    for (const format of ['html', 'markdown'] as const) {
      const text = await renderReport(report, format)
      expect(text).toContain('Not started: this is a draft, and no user has met a variant.')
      expect(text).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})
