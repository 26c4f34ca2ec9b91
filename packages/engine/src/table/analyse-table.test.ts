import { describe, expect, it } from 'vitest'
import { analyseExperiments } from './analyse-experiments.ts'
import { analyseTable } from './analyse-table.ts'
import { parseMetric } from './notation.ts'
import { readTable } from './read-table.ts'
import type { TableQuestion } from './table-question.ts'

const SETTINGS = { alpha: 0.05, estimators: [], posteriors: [], evenIfMisleading: false }

function question(asked: Partial<TableQuestion> = {}): TableQuestion {
  return { variant: 'v', control: 'A', metrics: [parseMetric('y=proportion(y)')], ...asked }
}

function rows(
  counts: Readonly<Record<string, readonly [units: number, successes: number]>>,
  prefix = '',
): string {
  return Object.entries(counts)
    .flatMap(([variant, [units, successes]]) =>
      Array.from({ length: units }, (_, i) => `${prefix}${variant},${i < successes ? 1 : 0}`),
    )
    .join('\n')
}

async function analyse(csv: string, asked: Partial<TableQuestion> = {}) {
  const table = await readTable([new TextEncoder().encode(csv)], question(asked))
  return analyseTable(table, question(asked), SETTINGS)
}

describe('analyseTable', () => {
  const csv = `v,y\n${rows({ A: [30, 10], B: [30, 12] })}`

  it('analyses with equal weights, and says that one look is meant', async () => {
    const analysis = await analyse(csv)
    expect(analysis).toMatchObject({ status: 'ok', units: 60, control: 'A', alpha: 0.05 })
    expect(analysis.sampleRatio).toMatchObject({
      counts: { A: 30, B: 30 },
      expected: { A: 30, B: 30 },
      pValue: 1,
    })
    expect(analysis.warnings.map(({ code }) => code)).toEqual(['fixed-horizon'])
    expect(analysis.metrics['y']).toMatchObject({ role: 'primary', variants: { B: { n: 30, mean: 0.4 } } })
  })

  it('takes weights for exactly the variants found', async () => {
    expect((await analyse(csv, { weights: { A: 1, B: 2 } })).sampleRatio.expected).toEqual({ A: 20, B: 40 })
    expect((await analyse(csv, { weights: { A: 1, B: 0 } })).sampleRatio.pValue).toBe(0)
    await expect(analyse(csv, { weights: { A: 1 } })).rejects.toThrow(
      'the weights name A, but the variants in v are A, B',
    )
    await expect(analyse(csv, { weights: { A: 1, b: 1 } })).rejects.toThrow('the weights name A, b')
    await expect(analyse(csv, { weights: { A: 0, B: 0 } })).rejects.toThrow('not all zero')
  })

  it('names the variants found when the control is none of them', async () => {
    await expect(analyse(csv, { control: 'a' })).rejects.toThrow(
      'the control "a" is not among the variants in v: A, B',
    )
    await expect(analyse('v,y\nA,1\nA,0\n')).rejects.toThrow('only one variant in v')
  })

  it('refuses a mismatch of sample sizes', async () => {
    const analysis = await analyse(`v,y\n${rows({ A: [900, 10], B: [700, 12] })}`)
    expect(analysis).toMatchObject({ status: 'refused', metrics: {} })
    expect(analysis.refusals.map(({ code }) => code)).toEqual(['sample-ratio-mismatch'])
  })
})

describe('analyseExperiments', () => {
  it('analyses each, and corrects for their number', async () => {
    const csv = [
      'e,v,y',
      rows({ A: [200, 20], B: [200, 80] }, 'strong,'),
      rows({ A: [200, 20], B: [200, 36] }, 'weak,'),
      rows({ A: [200, 20], B: [200, 21] }, 'none,'),
      rows({ A: [300, 20], B: [200, 80] }, 'broken,'),
      rows({ B: [20, 2], C: [20, 3] }, 'other,'),
    ].join('\n')
    const asked = question({ experiment: 'e' })
    const table = await readTable([new TextEncoder().encode(csv)], asked)
    const { experiments, summary } = analyseExperiments(table, asked, SETTINGS)
    expect(experiments.map(({ experiment, status }) => [experiment, status])).toEqual([
      ['strong', 'ok'],
      ['weak', 'ok'],
      ['none', 'ok'],
      ['broken', 'refused'],
    ])
    expect(summary).toMatchObject({ experiments: 5, analysed: 4, refused: 1, sampleRatioFailures: 1 })
    expect(summary.notAnalysed).toEqual([
      { experiment: 'other', reason: 'the control "A" is not among the variants in v: B, C' },
    ])
    expect(summary.metrics['y']).toMatchObject({
      tested: 3,
      belowAlpha: 2,
      discoveries: { benjaminiHochberg: 2, holm: 2, bonferroni: 1 },
    })
    const forced = analyseExperiments(table, asked, { ...SETTINGS, evenIfMisleading: true })
    expect(forced.summary.metrics['y']?.tested).toBe(4)
  })
})
