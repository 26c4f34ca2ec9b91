import { leastSquares } from '../linear-algebra/least-squares.ts'
import { entry, type Matrix, matrix, times } from '../linear-algebra/matrix.ts'

/** A gain in the sum of squares below this share of what is possible is rounding. */
const NO_GAIN = 1e-13

/**
 * Weights w ≥ 0 with Σw = 1 that minimise |target − A·w|².
 *
 * Active set: weights of a growing set of columns are fitted freely but for their sum; where one would turn
 * negative, the step ends there and it leaves the set; a column enters while that lowers the sum of squares. Finite
 * and exact to rounding.
 *
 * @param a rows × columns, at least one of each
 * @param target one value per row
 * @returns one weight per column; with fewer rows than columns it may be one of several solutions
 *
 * Source: Lawson & Hanson 1974, Solving Least Squares Problems, chapter 23, with the sum as a constraint.
 */
export function simplexLeastSquares(a: Matrix, target: ArrayLike<number>): Float64Array {
  const weights = new Float64Array(a.columns)
  weights[nearestColumn(a, target)] = 1
  const mostSteps = 10 * a.columns + 50
  for (let step = 0; step < mostSteps; step++) {
    const entering = bestEntrant(a, target, weights)
    if (entering === undefined) break
    refit(a, target, weights, entering)
    if (weights[entering] === 0) break
  }
  return weights
}

/** Moves to the best weights of the columns in use and the entering one, dropping those that reach 0. */
function refit(a: Matrix, target: ArrayLike<number>, weights: Float64Array, entering: number): void {
  let inUse = [...weights.keys()].filter((j) => (weights[j] as number) > 0 || j === entering)
  while (inUse.length > 0) {
    const wanted = freeWeights(a, target, inUse)
    const share = Math.min(1, ...inUse.map((j, k) => reachable(weights[j] as number, wanted[k] as number)))
    for (const [k, j] of inUse.entries()) {
      const own = weights[j] as number
      const moved = own + share * ((wanted[k] as number) - own)
      const isSpent = (wanted[k] as number) <= 0 && reachable(own, wanted[k] as number) <= share
      weights[j] = isSpent ? 0 : moved
    }
    if (share === 1) break
    inUse = inUse.filter((j) => (weights[j] as number) > 0)
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (const [j, weight] of weights.entries()) weights[j] = weight / total
}

/** Share of the way from a weight to the wanted one at which it becomes 0; above 1 when it does not. */
function reachable(weight: number, wanted: number): number {
  if (wanted > 0) return 2
  return weight > 0 ? weight / (weight - wanted) : 0
}

/** Least squares over the given columns with weights that sum to 1, of any sign. */
function freeWeights(a: Matrix, target: ArrayLike<number>, columns: readonly number[]): number[] {
  const [base, ...others] = columns as [number, ...number[]]
  const x = matrix(a.rows, others.length)
  const y = new Float64Array(a.rows)
  for (let i = 0; i < a.rows; i++) {
    y[i] = (target[i] as number) - entry(a, i, base)
    for (const [k, j] of others.entries()) x.data[i * others.length + k] = entry(a, i, j) - entry(a, i, base)
  }
  const found = [...leastSquares(x, y).coefficients]
  return [1 - found.reduce((sum, weight) => sum + weight, 0), ...found]
}

/** Column outside of the set along which the sum of squares falls fastest; undefined when along none. */
function bestEntrant(a: Matrix, target: ArrayLike<number>, weights: Float64Array): number | undefined {
  const fitted = times(a, weights)
  const residual = fitted.map((value, i) => (target[i] as number) - value)
  const size = Math.hypot(...residual)
  let best: number | undefined
  let bestGain = 0
  for (let j = 0; j < a.columns; j++) {
    if ((weights[j] as number) > 0) continue
    let slope = 0
    let distance = 0
    for (let i = 0; i < a.rows; i++) {
      const difference = entry(a, i, j) - (fitted[i] as number)
      slope += difference * (residual[i] as number)
      distance += difference * difference
    }
    const gain = slope / Math.sqrt(distance)
    if (gain > Math.max(bestGain, NO_GAIN * size)) {
      bestGain = gain
      best = j
    }
  }
  return best
}

function nearestColumn(a: Matrix, target: ArrayLike<number>): number {
  const unit = new Float64Array(a.columns)
  let nearest = 0
  let least = Number.POSITIVE_INFINITY
  for (let j = 0; j < a.columns; j++) {
    unit.fill(0)
    unit[j] = 1
    const distance = squares(a, target, unit)
    if (distance < least) [nearest, least] = [j, distance]
  }
  return nearest
}

function squares(a: Matrix, target: ArrayLike<number>, weights: Float64Array): number {
  return times(a, weights).reduce((sum, value, i) => sum + ((target[i] as number) - value) ** 2, 0)
}
