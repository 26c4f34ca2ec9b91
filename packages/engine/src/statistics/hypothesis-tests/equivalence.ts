import { oneSidedT, tMargin } from './t-inference.ts'

/** An estimate to be judged against limits. */
export interface EstimateWithError {
  readonly estimate: number
  /** > 0 */
  readonly standardError: number
  /** > 0; Infinity where the standard error counts as known. */
  readonly degreesOfFreedom: number
}

/** What changes count as none. */
export interface EquivalenceMargins {
  readonly low: number
  /** > low */
  readonly high: number
}

export interface EquivalenceTest {
  /** The larger of the two below: equivalent at level alpha where it is at most alpha. */
  readonly pValue: number
  readonly log10PValue: number
  /** Against the alternative that the truth lies above the lower margin: non-inferiority, where more is better. */
  readonly pValueLow: number
  readonly log10PValueLow: number
  /** Against the alternative that the truth lies below the upper margin. */
  readonly pValueHigh: number
  readonly log10PValueHigh: number
  /** Holds with confidence 1 − 2·alpha; lies within the margins exactly where pValue < alpha. */
  readonly low: number
  readonly high: number
}

/**
 * Equivalence by two one-sided tests: is the truth within the margins?
 *
 * @param effect see {@link EstimateWithError}
 * @param margins the null hypothesis is that the truth lies at them or outside
 * @param alpha in (0, ½): of each one-sided test, and of both together
 * @returns NaN outside the domain
 *
 * Source: Schuirmann 1987, doi:10.1007/BF01068419; Lakens 2017, doi:10.1177/1948550617697177.
 */
export function equivalenceTest(
  effect: EstimateWithError,
  margins: EquivalenceMargins,
  alpha: number,
): EquivalenceTest {
  const isPossible = margins.low < margins.high && alpha > 0 && alpha < 0.5
  const above = nonInferiorityTest(effect, isPossible ? margins.low : Number.NaN)
  const below = nonSuperiorityTest(effect, isPossible ? margins.high : Number.NaN)
  const isLowDecisive = above.log10PValue >= below.log10PValue
  const worse = isLowDecisive ? above : below
  const margin =
    isPossible && isJudgeable(effect)
      ? tMargin(effect.standardError, effect.degreesOfFreedom, 2 * alpha)
      : Number.NaN
  return {
    ...worse,
    pValueLow: above.pValue,
    log10PValueLow: above.log10PValue,
    pValueHigh: below.pValue,
    log10PValueHigh: below.log10PValue,
    low: effect.estimate - margin,
    high: effect.estimate + margin,
  }
}

export interface OneSidedTest {
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * Non-inferiority: is the truth above a margin (usually below 0: the loss that would still be accepted)?
 *
 * @param margin any finite number, on the scale of the estimate
 * @returns NaN outside the domain
 *
 * Source: Schuirmann 1987, the lower of the two one-sided tests, doi:10.1007/BF01068419.
 */
export function nonInferiorityTest(effect: EstimateWithError, margin: number): OneSidedTest {
  const { pValueGreater, log10PValueGreater } = shifted(effect, margin)
  return { pValue: pValueGreater, log10PValue: log10PValueGreater }
}

/** The same where less is better: is the truth below a margin? */
export function nonSuperiorityTest(effect: EstimateWithError, margin: number): OneSidedTest {
  const { pValueLess, log10PValueLess } = shifted(effect, margin)
  return { pValue: pValueLess, log10PValue: log10PValueLess }
}

function shifted(effect: EstimateWithError, margin: number) {
  const statistic = isJudgeable(effect) ? (effect.estimate - margin) / effect.standardError : Number.NaN
  return oneSidedT(statistic, effect.degreesOfFreedom)
}

/** Whether the numbers of an estimate say anything. */
export function isJudgeable({ estimate, standardError, degreesOfFreedom }: EstimateWithError): boolean {
  const isKnown = standardError > 0 && standardError < Number.POSITIVE_INFINITY
  return Number.isFinite(estimate) && isKnown && degreesOfFreedom > 0
}
