import { type AnovaTable, anova } from '../../../packages/engine/src/statistics/factorial/anova.ts'
import { type Cell, proportionCell } from '../../../packages/engine/src/statistics/factorial/cells.ts'
import { factorialEffects } from '../../../packages/engine/src/statistics/factorial/effects.ts'
import type { Answer, VectorMethods } from '../vector-method.ts'

interface TwoWay {
  readonly A: readonly string[]
  readonly B: readonly string[]
  readonly y: readonly number[]
}

const ANOVA_NAMES = { A: 'A', B: 'B', 'A:B': 'AB' } as const

export const factorial: VectorMethods = {
  'anova-twoway': {
    title:
      'two-way (factorial / multivariate test) ANOVA with interaction, types I, II, III, balanced and unbalanced',
    compute: (given: TwoWay) => {
      const design = twoWayCells(given)
      const table = (type: 1 | 2 | 3): Answer => tableFields(anova(design, { type }))
      return { type1: table(1), type2: table(2), type3: table(3) }
    },
  },
  'factorial-2x2': {
    title: '2x2 factorial contrasts on proportions',
    compute: ({ cells_order, cells }: { cells_order: string[]; cells: [number, number][] }) => {
      const design = {
        factors: ['A', 'B'],
        levels: [2, 2],
        cells: cells.map(([successes, units], i) =>
          proportionCell([...(cells_order[i] as string)].map(Number), successes, units),
        ),
      }
      const effects = factorialEffects(design, { kind: 'proportion', maximumOrder: 2, alpha: 0.05 })
      if (typeof effects === 'string') return effects
      return Object.fromEntries(
        effects.map(({ name, estimate, standardError, statistic, pValue }) => [
          name.replace(':', ''),
          { effect: estimate, se: standardError, z: statistic, p: pValue },
        ]),
      )
    },
  },
}

function twoWayCells({ A, B, y }: TwoWay) {
  const levels = [[...new Set(A)], [...new Set(B)]] as const
  const cells = levels[0].flatMap((a, i) =>
    levels[1].map((b, j): Cell => {
      const values = y.filter((_, row) => A[row] === a && B[row] === b)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      return { levels: [i, j], units: values.length, mean, variance: squares / (values.length - 1) }
    }),
  )
  return { factors: ['A', 'B'], levels: levels.map(({ length }) => length), cells }
}

function tableFields(table: AnovaTable | string): Answer {
  if (typeof table === 'string') return table
  const terms = table.terms.map(({ name, degreesOfFreedom, sumOfSquares, statistic, pValue }) => [
    ANOVA_NAMES[name as keyof typeof ANOVA_NAMES],
    { df: degreesOfFreedom, ss: sumOfSquares, F: statistic, p: pValue },
  ])
  const residual = { df: table.residual.degreesOfFreedom, ss: table.residual.sumOfSquares }
  return { ...Object.fromEntries(terms), residual }
}
