import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrossMoments, type MomentsSummary } from './cross-moments.ts'
import { lineariseRatio, lineariseRatioAt, lineariseRatioPairs } from './linearise.ts'
import { mergedSummary } from './merge-summaries.ts'

type Row = readonly [number, number, number, number]

function summaryOf(rows: readonly (readonly number[])[]): MomentsSummary {
  const moments = new CrossMoments(1, rows[0]?.length ?? 1)
  for (const row of rows) moments.add(0, row, 1)
  return moments.summary(0)
}

function expectClose(one: MomentsSummary, other: MomentsSummary, scale: number): void {
  expect(one.units).toBe(other.units)
  const flat = ({ mean, covariance }: MomentsSummary) => [...mean, ...covariance.flat()]
  for (const [i, value] of flat(one).entries())
    expect(Math.abs(value - (flat(other)[i] as number))).toBeLessThan(1e-12 * scale)
}

const component = fc.double({ min: 1, max: 100, noNaN: true })
const rows = fc.array(fc.tuple(component, component, component, component), { minLength: 2, maxLength: 30 })

describe('mergedSummary', () => {
  it('is the summary of all rows', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        expectClose(mergedSummary(summaryOf(first), summaryOf(second)), summaryOf([...first, ...second]), 1e4)
      }),
      { seed: 1 },
    )
  })

  it('takes single units and none', () => {
    const [one, other] = [summaryOf([[1, 2]]), summaryOf([[3, 6]])]
    expect(mergedSummary(one, other).covariance).toEqual([
      [2, 4],
      [4, 8],
    ])
    expect(mergedSummary(new CrossMoments(1, 2).summary(0), one)).toBe(one)
    expect(mergedSummary(one, new CrossMoments(1, 2).summary(0))).toBe(one)
  })
})

describe('linearised ratios', () => {
  const ratioAt = (all: readonly Row[], i: number) => {
    const sum = (j: number) => all.reduce((total, row) => total + (row[j] as number), 0)
    return { ratio: sum(i) / sum(i + 1), denominator: sum(i + 1) / all.length }
  }
  const valueAt = (row: Row, i: number, { ratio, denominator }: ReturnType<typeof ratioAt>) =>
    ratio + ((row[i] as number) - ratio * (row[i + 1] as number)) / denominator

  it('have the moments of R + (x − R y) / ȳ of each unit', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const [now, before] = [ratioAt(all, 0), ratioAt(all, 2)]
        const first = all.map((row) => [valueAt(row, 0, now), row[2], row[3]])
        expectClose(lineariseRatio(summaryOf(all)), summaryOf(first), 1e6)
        const pairs = all.map((row) => [valueAt(row, 0, now), valueAt(row, 2, before)])
        expectClose(lineariseRatioPairs(summaryOf(all)), summaryOf(pairs), 1e6)
        const part = all.slice(0, 2)
        const there = part.map((row) => [valueAt(row, 0, now), row[2], row[3]])
        const numerator = now.ratio * now.denominator
        expectClose(lineariseRatioAt(summaryOf(part), numerator, now.denominator), summaryOf(there), 1e6)
      }),
      { seed: 2 },
    )
  })

  it('have no variance where numerator and denominator are proportional', () => {
    const all = [
      [0.3, 0.1],
      [2.1, 0.7],
      [0.33, 0.11],
    ]
    expect(lineariseRatio(summaryOf(all)).covariance[0]?.[0]).toBe(0)
  })

  it('are NaN without a denominator', () => {
    expect(
      lineariseRatio(
        summaryOf([
          [1, 0],
          [2, 0],
        ]),
      ).mean[0],
    ).toBeNaN()
    expect(
      lineariseRatioAt(
        summaryOf([
          [1, 0],
          [2, 0],
        ]),
        1,
        0,
      ).mean[0],
    ).toBeNaN()
  })
})
