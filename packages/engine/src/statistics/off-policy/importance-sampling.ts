import {
  importanceWeights,
  intervalOf,
  type LoggedReward,
  overlapOf,
  type PolicyValue,
  type PolicyValueProblem,
  policyValueProblem,
  sum,
  valueOfTerms,
} from './policy-value.ts'

/**
 * Value of a policy by inverse propensity weighting: the mean of w·r with w = target probability / propensity.
 * Unbiased when the propensities are right and positive wherever the policy may choose.
 *
 * @param rows decisions, independent of each other given the policies
 * @param alpha in (0, 1): the normal interval holds with confidence 1 − alpha
 * @param weightCap weights above it count as it: less variance, some bias; none when absent
 *
 * Source: Horvitz & Thompson 1952, doi:10.1080/01621459.1952.10483446; for policies Dudík, Langford & Li 2011,
 * arXiv:1103.4601, section 2. Capped: Ionides 2008, doi:10.1198/106186008X320456.
 */
export function inversePropensityValue(
  rows: readonly LoggedReward[],
  alpha: number,
  weightCap = Number.POSITIVE_INFINITY,
): PolicyValue | PolicyValueProblem {
  const problem = policyValueProblem(rows)
  if (problem) return problem
  const weights = importanceWeights(rows).map((weight) => Math.min(weight, weightCap))
  return valueOfTerms(
    Float64Array.from(rows, ({ reward }, i) => (weights[i] as number) * reward),
    weights,
    alpha,
  )
}

/**
 * Value of a policy by self-normalised inverse propensity weighting, Σw·r / Σw: stays within the range of the
 * rewards and does not change when a constant is added to them, for a bias of order 1 / n.
 *
 * Standard error by the delta method for a ratio: √(Σw²(r − v)²) / Σw.
 *
 * @returns 'no-overlap' when the policy would have chosen nothing of what was chosen
 *
 * Source: Swaminathan & Joachims 2015, The self-normalized estimator for counterfactual learning, NIPS;
 * standard error: Owen 2013, Monte Carlo theory, methods and examples, section 9.2.
 */
export function selfNormalisedValue(
  rows: readonly LoggedReward[],
  alpha: number,
): PolicyValue | PolicyValueProblem {
  const problem = policyValueProblem(rows)
  if (problem) return problem
  const weights = importanceWeights(rows)
  return selfNormalised(
    rows.map(({ reward }) => reward),
    weights,
    alpha,
    0,
  )
}

/** Σw·x / Σw + the mean of what is added to each term, with the delta method's standard error. */
export function selfNormalised(
  values: readonly number[],
  weights: Float64Array,
  alpha: number,
  added: number | Float64Array,
): PolicyValue | PolicyValueProblem {
  const n = values.length
  const total = sum(weights)
  if (!(total > 0)) return 'no-overlap'
  let weighted = 0
  for (const [i, value] of values.entries()) weighted += (weights[i] as number) * value
  const ratio = weighted / total
  const mean = typeof added === 'number' ? added : sum(added) / n
  let squares = 0
  for (const [i, value] of values.entries()) {
    const aside = typeof added === 'number' ? 0 : ((added[i] as number) - mean) / n
    squares += (((weights[i] as number) * (value - ratio)) / total + aside) ** 2
  }
  const standardError = n > 1 ? Math.sqrt(squares) : Number.NaN
  return { ...intervalOf(ratio + mean, standardError, alpha), ...overlapOf(weights) }
}
