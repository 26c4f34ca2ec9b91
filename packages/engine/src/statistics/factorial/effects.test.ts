import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { summariseSample } from '../hypothesis-tests/sample-summary.ts'
import { welchTTest } from '../hypothesis-tests/two-sample-t-tests.ts'
import { type Cell, type FactorialCells, proportionCell } from './cells.ts'
import { type FactorialEffect, factorialEffects } from './effects.ts'

const MEANS = { kind: 'mean', maximumOrder: 3, alpha: 0.05 } as const

function effectsOf(answer: FactorialEffect[] | string): FactorialEffect[] {
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

/** 2 × 3 × 2 cells with the given mean. */
function cellsWith(meanAt: (a: number, b: number, c: number) => number): FactorialCells {
  const cells = [0, 1].flatMap((a) =>
    [0, 1, 2].flatMap((b) =>
      [0, 1].map(
        (c): Cell => ({ levels: [a, b, c], units: 10 + a + b, mean: meanAt(a, b, c), variance: 1 + b }),
      ),
    ),
  )
  return { factors: ['tone', 'length', 'emoji'], levels: [2, 3, 2], cells }
}

describe('factorialEffects', () => {
  it('finds what the cells were made of', () => {
    const interaction = [0, 0.5, 2]
    const effects = effectsOf(
      factorialEffects(
        cellsWith(
          (a, b, c) => 7 + 2 * a + ([0, 1, -3][b] as number) + 0.25 * c + a * (interaction[b] as number),
        ),
        MEANS,
      ),
    )
    const estimates = new Map(
      effects.map(({ name, levels, estimate }) => [`${name} ${levels.join('')}`, estimate]),
    )
    expect(estimates.get('tone 1')).toBeCloseTo(2 + 2.5 / 3, 12)
    expect(estimates.get('length 1')).toBeCloseTo(1 + 0.25, 12)
    expect(estimates.get('length 2')).toBeCloseTo(-3 + 1, 12)
    expect(estimates.get('emoji 1')).toBeCloseTo(0.25, 12)
    expect(estimates.get('tone:length 11')).toBeCloseTo(0.5, 12)
    expect(estimates.get('tone:length 12')).toBeCloseTo(2, 12)
    expect(estimates.get('tone:length:emoji 121')).toBeCloseTo(0, 12)
    expect(effects).toHaveLength(1 + 2 + 1 + 2 + 1 + 2 + 2)
  })

  it('stops at the order asked for', () => {
    const effects = effectsOf(
      factorialEffects(
        cellsWith(() => 1),
        { ...MEANS, maximumOrder: 1 },
      ),
    )
    expect(effects.map(({ name }) => name)).toEqual(['tone', 'length', 'length', 'emoji'])
  })

  it("is Welch's test with a single factor", () => {
    const [control, treatment] = [summariseSample([1, 4, 2, 8]), summariseSample([5, 7, 7, 9, 12])]
    const design = {
      factors: ['A'],
      levels: [2],
      cells: [
        { levels: [1], ...treatment },
        { levels: [0], ...control },
      ],
    }
    const [effect] = effectsOf(factorialEffects(design, MEANS))
    const welch = welchTTest(control, treatment, 0.05)
    expect(effect?.pValue).toBeCloseTo(welch.pValue, 13)
    expect(effect?.degreesOfFreedom).toBeCloseTo(welch.degreesOfFreedom, 11)
    expect(effect?.low).toBeCloseTo(welch.low, 12)
  })

  it('rejects a true null 5 times in a hundred with cells that differ in size and variance', () => {
    const random = new Random(9)
    const runs = 2000
    let rejected = 0
    for (let run = 0; run < runs; run++) {
      const cells = [0, 1, 2, 3].map((i): Cell => {
        const deviation = 1 + i
        const values = Array.from({ length: 8 + 6 * i }, () => deviation * normalQuantile(random.nextOpen()))
        return { levels: [i >> 1, i & 1], ...summariseSample(values) }
      })
      const effects = effectsOf(factorialEffects({ factors: ['A', 'B'], levels: [2, 2], cells }, MEANS))
      if ((effects[2]?.pValue as number) < 0.05) rejected++
    }
    // Four standard errors of a binomial share.
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / runs))
  })

  it('compares proportions by their own variance', () => {
    const cells = [
      [5, 100],
      [9, 110],
      [8, 95],
      [20, 105],
    ].map(([successes, units], i) => proportionCell([i >> 1, i & 1], successes as number, units as number))
    const effects = effectsOf(
      factorialEffects({ factors: ['A', 'B'], levels: [2, 2], cells }, { ...MEANS, kind: 'proportion' }),
    )
    // mpmath, 30 digits.
    expect(effects[0]?.estimate).toBeCloseTo(0.07143426748689907, 14)
    expect(effects[0]?.pValue).toBeCloseTo(0.01482982452239018, 14)
    expect(effects[2]?.estimate).toBeCloseTo(0.07444748234221918, 14)
    expect(effects[2]?.pValue).toBeCloseTo(0.20421212037276518, 13)
  })

  it('needs every combination, and units that differ', () => {
    const whole = cellsWith(() => 1)
    expect(factorialEffects({ ...whole, cells: whole.cells.slice(1) }, MEANS)).toBe('missing-cells')
    const single = whole.cells.map((cell) => ({ ...cell, units: 1 }))
    expect(factorialEffects({ ...whole, cells: single }, MEANS)).toBe('too-few-units')
    expect(factorialEffects({ ...whole, levels: [2, 3] }, MEANS)).toBe('invalid-cells')
    const constant = whole.cells.map((cell) => ({ ...cell, variance: 0 }))
    const [effect] = effectsOf(factorialEffects({ ...whole, cells: constant }, MEANS))
    expect(effect?.pValue).toBeNaN()
    expect(effect?.low).toBeNaN()
  })
})
