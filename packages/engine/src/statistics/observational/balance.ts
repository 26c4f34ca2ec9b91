import { entry, type Matrix } from '../linear-algebra/matrix.ts'

/** How alike treated and untreated are in one covariate. */
export interface CovariateBalance {
  readonly name: string
  /** Difference of the means in pooled standard deviations, of the units as they are. */
  readonly before: number
  /** Of the weighted units. */
  readonly after: number
  /** Whether |after| stays below 0.1, the usual limit. */
  readonly isBalanced: boolean
}

const BALANCED_BELOW = 0.1

/**
 * Standardised mean differences (treated − untreated) / √((s₁² + s₀²) / 2) of all covariates, before and after
 * weighting; both are divided by the standard deviation before, so that they can be compared.
 *
 * @param features n × p
 * @param treated n zeros and ones
 * @param weights n weights ≥ 0
 * @returns NaN for a covariate that does not vary within the groups, unless the groups agree in it (0)
 *
 * Source: Austin 2009, doi:10.1002/sim.3697; limit of 0.1: Austin 2011, doi:10.1080/00273171.2011.568786.
 */
export function balanceTable(
  features: Matrix,
  names: readonly string[],
  treated: ArrayLike<number>,
  weights: ArrayLike<number>,
): CovariateBalance[] {
  const ones = new Float64Array(features.rows).fill(1)
  return names.map((name, j) => {
    const groups = [1, 0].map((group) => moments(features, j, treated, group, ones))
    const weighted = [1, 0].map((group) => moments(features, j, treated, group, weights))
    const scale = Math.sqrt(((groups[0]?.variance ?? 0) + (groups[1]?.variance ?? 0)) / 2)
    const before = standardisedDifference(groups, scale)
    const after = standardisedDifference(weighted, scale)
    return { name, before, after, isBalanced: Math.abs(after) < BALANCED_BELOW }
  })
}

interface Moments {
  readonly mean: number
  readonly variance: number
}

function moments(
  features: Matrix,
  column: number,
  treated: ArrayLike<number>,
  group: number,
  weights: ArrayLike<number>,
): Moments {
  let total = 0
  let count = 0
  let sum = 0
  for (let i = 0; i < features.rows; i++) {
    if (treated[i] !== group) continue
    count++
    total += weights[i] as number
    sum += (weights[i] as number) * entry(features, i, column)
  }
  const mean = sum / total
  let squares = 0
  for (let i = 0; i < features.rows; i++)
    if (treated[i] === group) squares += (weights[i] as number) * (entry(features, i, column) - mean) ** 2
  return { mean, variance: (squares / total) * (count / (count - 1)) }
}

function standardisedDifference([treated, untreated]: readonly Moments[], scale: number): number {
  const difference = (treated?.mean ?? Number.NaN) - (untreated?.mean ?? Number.NaN)
  if (scale > 0) return difference / scale
  return difference === 0 ? 0 : Number.NaN
}
