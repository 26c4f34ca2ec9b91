import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { ratioEffect } from '../statistics/effects/ratio-effect.ts'
import { CrossMoments, type MomentsSummary } from '../statistics/moments/cross-moments.ts'
import type { OutlierCheck } from '../trust/evidence.ts'
import { outliersOf } from './outliers.ts'
import { builtTotals } from './testing/built-totals.ts'
import { scanUnits } from './unit-scan.ts'

const KEYS = ['control', 'b', 'c']
type Unit = readonly [x: number, y: number]

async function checked(arms: readonly (readonly Unit[])[], kind: 'mean' | 'ratio'): Promise<OutlierCheck[]> {
  const metric =
    kind === 'mean'
      ? { key: 'value', kind, source: 'x' }
      : { key: 'value', kind, numerator: 'x', denominator: 'y' }
  const { totals, add } = builtTotals([metric], arms.length)
  for (const [variant, units] of arms.entries()) for (const [x, y] of units) add(variant, 0, { x, y })
  const [scan] = await scanUnits(totals, [{ metric: 0, byDay: false }], 0)
  return scan ? outliersOf('value', scan, { variants: KEYS.slice(0, arms.length), control: 0 }) : []
}

function summaryOf(units: readonly Unit[], kind: 'mean' | 'ratio'): MomentsSummary {
  const moments = new CrossMoments(1, kind === 'mean' ? 1 : 2)
  for (const unit of units) moments.add(0, unit, 1)
  return moments.summary(0)
}

/** Every unit of the arm is left out once. */
function bruteForce(arm: readonly Unit[], other: readonly Unit[], kind: 'mean' | 'ratio'): number {
  const effectOf = kind === 'mean' ? meanEffect : ratioEffect
  const otherSummary = summaryOf(other, kind)
  const whole = effectOf(otherSummary, summaryOf(arm, kind))
  const moved = arm.map((_, left) => {
    const without = effectOf(
      otherSummary,
      summaryOf(
        arm.filter((__, i) => i !== left),
        kind,
      ),
    )
    if (isProblem(whole) || isProblem(without)) throw new Error('The arms are such that all can be computed')
    return {
      distance: Math.abs(without.estimate - whole.estimate),
      influence: Math.abs(without.estimate - whole.estimate) / without.standardError,
    }
  })
  return moved.reduce((most, each) => (each.distance > most.distance ? each : most)).influence
}

describe('the influence of a unit', () => {
  const arm = fc.array(fc.tuple(fc.integer({ min: -20, max: 90 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 5,
    maxLength: 40,
  })
  /** So that something varies, whichever unit is left out. */
  const varied = arm.map((units): Unit[] => [...units, [1, 1], [5, 2], [9, 4], [2, 7]])

  it.each(['mean', 'ratio'] as const)('is what leaving out each unit of a %s gives', async (kind) => {
    await fc.assert(
      fc.asyncProperty(varied, varied, async (control, treatment) => {
        const [ofControl, ofTreatment] = await checked([control, treatment], kind)
        expect(ofTreatment?.influence).toBeCloseTo(bruteForce(treatment, control, kind), 9)
        expect(ofControl?.influence).toBeCloseTo(bruteForce(control, treatment, kind), 9)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  it('of the control is that on the difference it moves most', async () => {
    const units = (values: readonly number[]) => values.map((x): Unit => [x, 1])
    const control = units([1, 2, 3, 4, 60])
    const [b, c] = [units([1, 2, 3, 4, 5]), units([10, 200, 3000])]
    const [found] = await checked([control, b, c], 'mean')
    expect(found?.influence).toBeCloseTo(bruteForce(control, b, 'mean'), 9)
    expect(bruteForce(control, c, 'mean')).toBeLessThan(bruteForce(control, b, 'mean') / 10)
  })

  it('is in standard errors with the unit where without it nothing varies, and 0 where nothing does at all', async () => {
    const none = Array.from({ length: 50 }, (): Unit => [0, 1])
    expect(await checked([none, [...none, [7, 1]]], 'mean')).toEqual([
      { metric: 'value', variant: 'control', shareOfLargest: 0, influence: 0 },
      { metric: 'value', variant: 'b', shareOfLargest: 1, influence: expect.closeTo(1, 12) },
    ])
    const same = Array.from({ length: 1001 }, (): Unit => [0.1, 1])
    const [, one] = await checked([same, [...same, [7.31, 1]]], 'mean')
    expect(one?.influence).toBeCloseTo(1, 9)
    expect((await checked([same, same.slice(1)], 'mean')).map(({ influence }) => influence)).toEqual([0, 0])
    expect((await checked([none, none], 'mean')).map(({ influence }) => influence)).toEqual([0, 0])
  })
})

describe('the share of the largest', () => {
  it('is what the largest hundredth of the units has, at least one', async () => {
    const ramp = Array.from({ length: 250 }, (_, i): Unit => [i % 2 === 0 ? i : -i, 1])
    const few: Unit[] = [
      [3, 1],
      [1, 1],
    ]
    const [first, second] = await checked([ramp, few], 'mean')
    expect(first?.shareOfLargest).toBeCloseTo((249 + 248 + 247) / ((249 * 250) / 2), 12)
    expect(second?.shareOfLargest).toBe(0.75)
  })

  it('is left out, with all of the variant, where sums leave the range of doubles', async () => {
    const huge: Unit[] = Array.from({ length: 4 }, () => [1e308, 1])
    const usual: Unit[] = [
      [1, 1],
      [2, 1],
      [3, 1],
    ]
    expect((await checked([usual, huge], 'mean')).map(({ variant }) => variant)).toEqual(['control'])
  })

  it('is unknown for a variant without units', async () => {
    const usual: Unit[] = [
      [1, 1],
      [2, 1],
    ]
    expect((await checked([usual, []], 'mean')).map(({ variant }) => variant)).toEqual(['control'])
  })
})
