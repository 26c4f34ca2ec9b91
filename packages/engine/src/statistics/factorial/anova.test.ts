import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summariseSample } from '../hypothesis-tests/sample-summary.ts'
import { type AnovaTable, anova } from './anova.ts'
import type { Cell, FactorialCells, FactorialProblem } from './cells.ts'
import { factorialEffects } from './effects.ts'

/** Three factors with 2, 3 and 2 levels: levels of the cell, and its units' values. */
const UNITS: readonly (readonly [levels: string, values: readonly number[]])[] = [
  ['000', [6.36, 6.22]],
  ['001', [4.19, 4.4]],
  ['010', [6.07, 5.44, 6.25, 3.65]],
  ['011', [6.77, 5.1, 5.88, 5.06, 4.82, 5.66]],
  ['020', [5.8, 5.85, 6.69]],
  ['021', [4.83, 4.19, 6.09, 5.03, 3.78]],
  ['100', [5.33, 4.61, 4.31, 5.84, 6.7, 5.57]],
  ['101', [5.66, 6.78, 7.12, 6.1]],
  ['110', [7.34, 6.09, 5.49, 6.65, 6.55, 7.4]],
  ['111', [5.62, 6.24, 6.06, 5.17, 7.03]],
  ['120', [6.06, 8.19, 7.62]],
  ['121', [8.03, 7.8]],
]

const DESIGN: FactorialCells = {
  factors: ['A', 'B', 'C'],
  levels: [2, 3, 2],
  cells: UNITS.map(([levels, values]) => ({ levels: [...levels].map(Number), ...summariseSample(values) })),
}

/** Residual sums of squares of nested least-squares fits to the units (NumPy, LAPACK), F by SciPy. */
const REFERENCE = {
  1: [
    ['A', 1, 11.690252462121215, 0.00011881957425765119],
    ['B', 2, 4.8866789393229695, 0.02947735586283764],
    ['C', 1, 0.6287103762356736, 0.3235856873355459],
    ['A:B', 2, 5.230832972483384, 0.02356148594488351],
    ['A:C', 1, 3.0232027252548583, 0.03472071085435904],
    ['B:C', 2, 0.24428558397074696, 0.8240236180260414],
    ['A:B:C', 2, 7.47925319061115, 0.005818055287623774],
  ],
  2: [
    ['A', 1, 13.177447664213553, 5.3484633633782675e-5],
    ['B', 2, 5.302842995424037, 0.02249049804368988],
    ['C', 1, 0.47600274258748954, 0.389607073315379],
    ['A:B', 2, 4.49141667327482, 0.038259228307960115],
    ['A:C', 1, 2.473622902421802, 0.054781063734417594],
    ['B:C', 2, 0.24428558397074696, 0.8240236180260414],
    ['A:B:C', 2, 7.47925319061115, 0.005818055287623774],
  ],
  3: [
    ['A', 1, 14.69990673676012, 2.4515271568095602e-5],
    ['B', 2, 5.343048026070132, 0.021915004288017483],
    ['C', 1, 1.1719570794392524, 0.18027226406714766],
    ['A:B', 2, 4.211486386733242, 0.04612579991388414],
    ['A:C', 1, 4.975277453271019, 0.007851732351093791],
    ['B:C', 2, 0.1750970892097996, 0.870274553827106],
    ['A:B:C', 2, 7.47925319061115, 0.005818055287623774],
  ],
} as const
const MAIN_AND_PAIRS_TYPE_2 = [
  ['A', 1, 13.177447664213553, 0.00022228111553623272],
  ['B', 2, 5.302842995424037, 0.04570995640340908],
  ['C', 1, 0.47600274258748954, 0.44283138981264997],
  ['A:B', 2, 4.49141667327482, 0.07103521350952428],
  ['A:C', 1, 2.473622902421802, 0.08510787550763274],
  ['B:C', 2, 0.24428558397074696, 0.8575248995274314],
] as const

function tableOf(answer: AnovaTable | FactorialProblem): AnovaTable {
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

function expectTerms(
  table: AnovaTable,
  reference: readonly (readonly [string, number, number, number])[],
): void {
  expect(table.terms.map(({ name }) => name)).toEqual(reference.map(([name]) => name))
  for (const [i, [name, degreesOfFreedom, sumOfSquares, pValue]] of reference.entries()) {
    const term = table.terms[i]
    expect(term?.degreesOfFreedom, name).toBe(degreesOfFreedom)
    expect((term?.sumOfSquares as number) / sumOfSquares, name).toBeCloseTo(1, 11)
    expect((term?.pValue as number) / pValue, name).toBeCloseTo(1, 11)
    expect(10 ** (term?.log10PValue as number) / pValue, name).toBeCloseTo(1, 10)
  }
}

describe('anova', () => {
  it.each([1, 2, 3] as const)('gives from cells what the units give, type %d', (type) => {
    const table = tableOf(anova(DESIGN, { type }))
    expectTerms(table, REFERENCE[type])
    expect(table.residual.degreesOfFreedom).toBe(36)
    expect(table.residual.sumOfSquares).toBeCloseTo(22.59573166666667, 11)
  })

  it('adds what left-out interactions explain to the residual', () => {
    const table = tableOf(anova(DESIGN, { type: 2, maximumOrder: 2 }))
    expectTerms(table, MAIN_AND_PAIRS_TYPE_2)
    expect(table.residual.degreesOfFreedom).toBe(38)
    expect(table.residual.sumOfSquares).toBeCloseTo(30.07498485727782, 11)
  })

  it('agrees with the contrasts of a 2×2 design where cells vary alike and are alike in size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (means) => {
          const cells = means.map(
            (mean, i): Cell => ({ levels: [i >> 1, i & 1], units: 25, mean, variance: 2 }),
          )
          const design = { factors: ['A', 'B'], levels: [2, 2], cells }
          const table = tableOf(anova(design, { type: 3 }))
          const effects = factorialEffects(design, { kind: 'mean', maximumOrder: 2, alpha: 0.05 })
          if (typeof effects === 'string') throw new Error(effects)
          for (const [i, effect] of effects.entries())
            expect(table.terms[i]?.statistic).toBeCloseTo(effect.statistic ** 2, 8)
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })

  it('has all types agree when all cells have as many units', () => {
    const cells = DESIGN.cells.map((cell) => ({ ...cell, units: 8 }))
    const [first, second, third] = ([1, 2, 3] as const).map((type) =>
      tableOf(anova({ ...DESIGN, cells }, { type })).terms.map(({ sumOfSquares }) => sumOfSquares),
    )
    for (const [i, value] of (first as number[]).entries()) {
      expect(second?.[i]).toBeCloseTo(value, 10)
      expect(third?.[i]).toBeCloseTo(value, 10)
    }
  })

  it('keeps its digits with means far from 0 and a billion units', () => {
    const scaled = DESIGN.cells.map((cell) => ({ ...cell, units: cell.units * 2 ** 27 }))
    const shifted = scaled.map((cell) => ({ ...cell, mean: cell.mean + 2 ** 20 }))
    const [table, far] = [scaled, shifted].map((cells) => tableOf(anova({ ...DESIGN, cells }, { type: 3 })))
    for (const [i, term] of (table as AnovaTable).terms.entries())
      expect((far?.terms[i]?.sumOfSquares as number) / term.sumOfSquares).toBeCloseTo(1, 6)
  })

  it('leaves out what empty cells hide, and refuses type 3 with them', () => {
    const cells = DESIGN.cells.slice(1)
    expect(anova({ ...DESIGN, cells }, { type: 3 })).toBe('missing-cells')
    const table = tableOf(anova({ ...DESIGN, cells }, { type: 2 }))
    expect(table.terms.at(-1)?.degreesOfFreedom).toBe(1)
  })

  it('refuses cells that are no design', () => {
    const [cell] = DESIGN.cells as [Cell]
    const refused = (changed: readonly Cell[]) => anova({ ...DESIGN, cells: changed }, { type: 2 })
    expect(refused([cell, cell])).toBe('invalid-cells')
    expect(refused([{ ...cell, levels: [0, 3, 0] }])).toBe('invalid-cells')
    expect(refused([{ ...cell, mean: Number.NaN }])).toBe('invalid-cells')
    expect(refused(DESIGN.cells.map((each) => ({ ...each, units: 1 })))).toBe('too-few-units')
  })

  it('knows no p-value where no unit differs from its cell', () => {
    const cells = DESIGN.cells.map((cell) => ({ ...cell, variance: 0 }))
    const table = tableOf(anova({ ...DESIGN, cells }, { type: 3 }))
    expect(
      table.terms.every(({ pValue, statistic }) => Number.isNaN(pValue) && Number.isNaN(statistic)),
    ).toBe(true)
  })
})
