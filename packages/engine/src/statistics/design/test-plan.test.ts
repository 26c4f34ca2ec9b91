import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { classicBoundaries } from '../sequential/group-sequential/boundaries.ts'
import { normalVariate } from '../variates/variates.ts'
import {
  alwaysValidPlan,
  expectedShare,
  groupSequentialPlan,
  planDrift,
  planPower,
  singleLookPlan,
  type TestPlan,
} from './test-plan.ts'

const EXPERIMENTS = 20_000
/** Two-sided, once in ten thousand. */
const Z = 3.9

/** Share of simulated experiments that stop above, and where they stop on average. */
function simulate({ rule }: TestPlan, drift: number, seed: number) {
  const random = new Random(seed)
  const lower = rule.lower ?? rule.information.map(() => Number.NEGATIVE_INFINITY)
  let found = 0
  let spent = 0
  for (let i = 0; i < EXPERIMENTS; i++) {
    let score = 0
    let before = 0
    let stopped = rule.information.at(-1) as number
    for (const [look, time] of rule.information.entries()) {
      const step = time - before
      score += drift * step + Math.sqrt(step) * normalVariate(random)
      before = time
      const z = score / Math.sqrt(time)
      const isAbove = z >= (rule.upper[look] as number)
      if (!isAbove && z > (lower[look] as number)) continue
      if (isAbove) found++
      stopped = time
      break
    }
    spent += stopped
  }
  return { power: found / EXPERIMENTS, share: spent / EXPERIMENTS }
}

describe('a plan to look more than once', () => {
  it.each([
    ['always-valid, 14 looks', alwaysValidPlan(0.05, 14)],
    ['always-valid, 3 looks', alwaysValidPlan(0.01, 3)],
    [
      "O'Brien and Fleming, 5 looks",
      groupSequentialPlan({ alpha: 0.05, sides: 2, spending: 'obrien-fleming' }, 5),
    ],
    ['Pocock, one-sided', groupSequentialPlan({ alpha: 0.025, sides: 1, spending: 'pocock' }, 4)],
  ] as const)('%s has the power that simulation shows', (_, plan) => {
    const drift = planDrift(plan, 0.8)
    expect(planPower(plan, drift)).toBeCloseTo(0.8, 9)
    const { power, share } = simulate(plan, drift, 7)
    expect(Math.abs(power - 0.8)).toBeLessThan(Z * Math.sqrt(0.16 / EXPERIMENTS))
    // No share lies outside (0, 1], so its standard deviation is at most a half.
    expect(Math.abs(share - expectedShare(plan, drift))).toBeLessThan((Z * 0.5) / Math.sqrt(EXPERIMENTS))
  })

  // Jennison & Turnbull 2000, tables 2.2 and 2.4: R(5, 0.05, 0.1).
  it.each([
    ['Pocock', 0.5, 1.207],
    ["O'Brien and Fleming", 0, 1.026],
  ])('costs what the tables say: %s', (_, shape, expected) => {
    const information = [0.2, 0.4, 0.6, 0.8, 1]
    const { boundaries: upper } = classicBoundaries({ information, alpha: 0.05, sides: 2, shape })
    const lower = upper.map((bound) => -bound)
    const plan = { rule: { information, upper, lower }, singleLookCritical: normalQuantile(0.975) }
    const single = normalQuantile(0.975) + normalQuantile(0.9)
    expect((planDrift(plan, 0.9) / single) ** 2).toBeCloseTo(expected, 3)
  })

  it('never wrongly finds more often than alpha says', () => {
    for (const looks of [1, 2, 14, 50])
      expect(2 * planPower(alwaysValidPlan(0.05, looks), 0)).toBeLessThanOrEqual(0.05)
  })

  it('finds more with more looks at the same boundary', () => {
    const powers = [2, 4, 8, 16].map((looks) => planPower(alwaysValidPlan(0.05, looks), 3))
    expect(powers).toEqual([...powers].sort((a, b) => a - b))
  })

  it('with a single look is the ordinary test', () => {
    const plan = singleLookPlan(1.96)
    expect(planDrift(plan, 0.5)).toBeCloseTo(1.96, 12)
    expect(planPower(plan, planDrift(plan, 0.9, 1.1), 1.1)).toBeCloseTo(0.9, 12)
    expect(expectedShare(plan, 2)).toBe(1)
  })
})
