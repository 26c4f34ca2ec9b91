import { describe, expect, it } from 'vitest'
import { differenceInDifferences, type TwoPeriodRow } from './difference-in-differences.ts'

const VALUES = [
  [3.1, 4.2],
  [2.5, 3.9],
  [4.4, 4.8],
  [3.6, 5.1],
  [5.2, 8.1],
  [4.9, 7.7],
  [6.1, 9.9],
  [5.5, 7.2],
] as const
const ROWS: readonly TwoPeriodRow[] = VALUES.flatMap(([before, after], unit) => [
  { unit, treated: unit >= 4, post: false, value: before },
  { unit, treated: unit >= 4, post: true, value: after },
])

describe('differenceInDifferences', () => {
  it('is the difference of the changes, with the standard error of changes that differ in variance', () => {
    const answer = differenceInDifferences(ROWS, 0.05)
    if (typeof answer === 'string') throw new Error(answer)
    const changes = VALUES.map(([before, after]) => after - before)
    const groups = [changes.slice(0, 4), changes.slice(4)]
    const means = groups.map((group) => group.reduce((sum, change) => sum + change, 0) / 4)
    const [control, treatment] = means as [number, number]
    // CR1 of a difference of means: Σ(d − d̄)² / m² of each group, times G/(G − 1) · (n − 1)/(n − 4).
    const plain = groups.reduce(
      (sum, group, g) => sum + group.reduce((all, d) => all + (d - (means[g] as number)) ** 2, 0) / 16,
      0,
    )
    expect(answer.effect.estimate).toBeCloseTo(treatment - control, 13)
    expect(answer.effect.standardError).toBeCloseTo(Math.sqrt((plain * (8 / 7) * 15) / 12), 12)
    expect(answer.timeChange.estimate).toBeCloseTo(control, 13)
    expect(answer.effect.degreesOfFreedom).toBe(7)
    expect(answer).toMatchObject({ label: 'observational', units: 8 })
  })

  it('says why it cannot answer', () => {
    expect(differenceInDifferences([], 0.05)).toBe('no-comparison')
    expect(differenceInDifferences(ROWS.slice(0, 8), 0.05)).toBe('no-comparison')
    expect(differenceInDifferences([ROWS[0], ROWS[1], ROWS[8], ROWS[9]] as TwoPeriodRow[], 0.05)).toBe(
      'too-few-rows',
    )
    const bad = [{ ...(ROWS[0] as TwoPeriodRow), value: Number.NaN }, ...ROWS.slice(1)]
    expect(differenceInDifferences(bad, 0.05)).toBe('invalid-values')
    const one = ROWS.map((row) => ({ ...row, unit: 'the same' }))
    expect(differenceInDifferences(one, 0.05)).toBe('too-few-clusters')
  })
})
