import { describe, expect, it } from 'vitest'
import { matrixFromRows } from '../linear-algebra/matrix.ts'
import {
  type PropensityAnalysis,
  type PropensityQuestion,
  propensityAnalysis,
} from './propensity-analysis.ts'

/** Two covariates, treated or not, outcome. */
const UNITS: readonly (readonly [number, number, number, number])[] = [
  [11.076, 1, 1, 6.256],
  [14.532, 0, 1, 6.664],
  [4.641, 1, 0, 4.065],
  [15.06, 0, 1, 7.807],
  [9.858, 0, 1, 6.39],
  [7.6, 0, 1, 5.728],
  [7.591, 0, 0, 3.272],
  [6.752, 0, 1, 4.706],
  [9.329, 0, 1, 5.662],
  [12.502, 1, 1, 7.532],
  [11.752, 0, 0, 4.864],
  [11.915, 0, 1, 7.282],
  [4.916, 1, 0, 3.826],
  [5.287, 0, 0, 3.447],
  [14.661, 0, 1, 9.065],
  [12.907, 0, 1, 8.377],
  [16.55, 0, 1, 7.708],
  [13.629, 1, 1, 7.796],
  [6.927, 1, 0, 4.515],
  [13.856, 0, 1, 7.866],
  [11.885, 0, 1, 7.892],
  [10.644, 1, 1, 6.495],
  [7.54, 0, 1, 4.779],
  [10.008, 1, 1, 7.45],
  [9.559, 0, 1, 7.252],
  [12.678, 1, 1, 9.65],
  [10.373, 1, 0, 5.143],
  [14.754, 1, 1, 8.89],
  [7.677, 0, 0, 3.263],
  [11.413, 0, 0, 6.413],
  [11.497, 0, 0, 6.046],
  [7.407, 1, 1, 5.805],
  [6.456, 0, 0, 2.971],
  [13.041, 1, 0, 7.511],
  [11.552, 0, 1, 7.801],
  [9.512, 1, 0, 5.037],
  [11.183, 0, 1, 6.35],
  [7.974, 0, 0, 4.303],
  [10.715, 1, 1, 7.504],
  [8.185, 0, 0, 4.612],
  [10.566, 0, 1, 5.427],
  [12.958, 0, 1, 6.788],
  [8.981, 1, 1, 4.692],
  [12.549, 0, 1, 7.275],
  [6.897, 0, 1, 6.029],
  [9.135, 0, 1, 3.797],
  [5.906, 0, 0, 2.731],
  [9.698, 1, 1, 7.978],
  [10.236, 0, 1, 6.152],
  [9.408, 0, 1, 4.068],
  [9.197, 0, 0, 5.848],
  [14.021, 0, 0, 5.182],
  [14.271, 0, 1, 9.279],
  [6.353, 1, 0, 3.957],
  [13.522, 0, 0, 5.702],
  [4.831, 0, 0, 2.959],
  [7.797, 1, 1, 6.297],
  [9.48, 1, 0, 6.392],
  [10.333, 0, 0, 5.636],
  [6.858, 1, 0, 4.595],
  [7.833, 0, 0, 5.456],
  [10.23, 0, 0, 5.805],
  [7.92, 0, 1, 5.642],
  [8.076, 0, 0, 4.366],
  [11.999, 1, 1, 7.904],
  [12.795, 1, 0, 7.04],
  [9.82, 0, 1, 6.793],
  [10.055, 0, 1, 6.696],
  [9.941, 1, 0, 6.016],
  [8.637, 1, 0, 6.47],
  [8.466, 1, 1, 6.324],
  [6.887, 0, 0, 4.191],
  [11.945, 0, 1, 7.838],
  [9.748, 1, 0, 4.784],
  [9.588, 0, 0, 4.571],
  [10.602, 1, 1, 9.11],
  [11.592, 0, 1, 5.88],
  [14.263, 0, 1, 9.057],
  [9.179, 1, 1, 5.812],
  [8.796, 0, 1, 6.124],
]
const DATA = {
  features: matrixFromRows(UNITS.map(([x1, x2]) => [x1, x2])),
  names: ['x1', 'x2'],
  treated: UNITS.map(([, , treated]) => treated),
  outcomes: UNITS.map(([, , , outcome]) => outcome),
}

function analysisOf(question: Partial<PropensityQuestion>): PropensityAnalysis {
  const answer = propensityAnalysis(DATA, { estimand: 'average-effect', alpha: 0.05, trim: 0, ...question })
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('propensityAnalysis', () => {
  // Standard errors: the sandwich of the stacked estimating equations with numerical derivatives (NumPy).
  it.each([
    {
      estimand: 'average-effect',
      horvitzThompson: [1.051675231848937, 0.3132766122005023],
      hajek: [1.3350267973319658, 0.20205826738784108],
      doublyRobust: [1.2820225864779469, 0.2135547586260833],
    },
    {
      estimand: 'effect-on-treated',
      horvitzThompson: [1.134504828708402, 0.38826750892086304],
      hajek: [1.3284106313259496, 0.23652622887855743],
      doublyRobust: [1.3708039462480321, 0.25712504735204916],
    },
  ] as const)('equals the estimating equations, $estimand', ({ estimand, ...reference }) => {
    const answer = analysisOf({ estimand })
    for (const method of ['horvitzThompson', 'hajek', 'doublyRobust'] as const) {
      expect(answer[method].estimate, method).toBeCloseTo(reference[method][0] as number, 11)
      expect(answer[method].standardError, method).toBeCloseTo(reference[method][1] as number, 8)
    }
  })

  it('shows balance and overlap', () => {
    const { balance, overlap, label } = analysisOf({})
    expect(label).toBe('observational')
    expect(balance.map(({ before }) => before)).toEqual([
      expect.closeTo(0.850199811297643, 12),
      expect.closeTo(-0.10973545775514597, 12),
    ])
    expect(balance.map(({ after }) => after)).toEqual([
      expect.closeTo(0.05334418974804194, 10),
      expect.closeTo(-0.014761856507972647, 10),
    ])
    expect(overlap.treated.effectiveUnits).toBeCloseTo(43.067487511051375, 9)
    expect(overlap.untreated.effectiveUnits).toBeCloseTo(24.62574042999254, 9)
    expect(overlap.treated.units + overlap.untreated.units).toBe(UNITS.length)
  })

  it('leaves out units with extreme scores and fits anew', () => {
    const whole = analysisOf({})
    const trimmed = analysisOf({ trim: 0.3 })
    const extreme = whole.scores.fitted.filter((score) => score < 0.3 || score > 0.7).length
    expect(trimmed.trimmed).toBe(extreme)
    expect(trimmed.scores.fitted.length).toBe(UNITS.length - extreme)
    expect(trimmed.scores.coefficients[1]).not.toBe(whole.scores.coefficients[1])
  })

  it('does not change by Hájek and doubly robust when a constant is added to the outcomes', () => {
    const moved = propensityAnalysis(
      { ...DATA, outcomes: DATA.outcomes.map((value) => value + 100) },
      { estimand: 'average-effect', alpha: 0.05, trim: 0 },
    )
    if (typeof moved === 'string') throw new Error(moved)
    const { hajek, doublyRobust } = analysisOf({})
    expect(moved.hajek.estimate).toBeCloseTo(hajek.estimate, 10)
    expect(moved.hajek.standardError).toBeCloseTo(hajek.standardError, 10)
    expect(moved.doublyRobust.estimate).toBeCloseTo(doublyRobust.estimate, 10)
  })

  it('says why it cannot answer', () => {
    const question = { estimand: 'average-effect', alpha: 0.05, trim: 0 } as const
    const determined = { ...DATA, treated: UNITS.map(([x1]) => Number(x1 > 10)) }
    expect(propensityAnalysis(determined, question)).toBe('separation')
    expect(propensityAnalysis({ ...DATA, treated: UNITS.map(() => 1) }, question)).toBe('no-comparison')
    expect(propensityAnalysis({ ...DATA, outcomes: [1] }, question)).toBe('invalid-values')
    expect(propensityAnalysis({ ...DATA, treated: UNITS.map(() => 2) }, question)).toBe('invalid-values')
    const doubled = { ...DATA, features: matrixFromRows(UNITS.map(([x1]) => [x1, 2 * x1 - 1])) }
    expect(propensityAnalysis(doubled, question)).toBe('collinear')
    expect(propensityAnalysis(DATA, { ...question, trim: 0.49 })).toMatch(
      /no-comparison|too-few-rows|separation/,
    )
  })
})
