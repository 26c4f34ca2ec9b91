import { betaQuantile, betaUpperQuantile } from '../distributions/beta-quantile.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Interval } from '../intervals/mover.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { ALL_ABOVE, flip, NO_TAILS, type Tails } from '../special/tails.ts'
import { isExactCount } from './counts.ts'

/** Events counted over an exposure: time, conversations, user-days. */
export interface EventCount {
  /** Whole number in [0, 1e12]. */
  readonly events: number
  /** > 0 */
  readonly exposure: number
}

export interface RateTest {
  /** Events per exposure of control and treatment. */
  readonly controlRate: number
  readonly treatmentRate: number
  /** treatmentRate / controlRate; Infinity where only the control has no event, NaN where neither has. */
  readonly rateRatio: number
  /** Exact, against the alternative that the treatment's rate is higher. */
  readonly pValueGreater: number
  readonly log10PValueGreater: number
  /** Exact, against the alternative that the treatment's rate is lower. */
  readonly pValueLess: number
  readonly log10PValueLess: number
  /** Exact, two-sided: twice the smaller of these, at most 1. */
  readonly pValueExact: number
  readonly log10PValueExact: number
  /** Score statistic, near normal when events are many; NaN without any event, as its p-value. */
  readonly statistic: number
  readonly pValueScore: number
  readonly log10PValueScore: number
}

/**
 * Comparison of two rates of rare independent events (Poisson). Given the sum of both counts, the treatment's count
 * is binomial with the share of its exposure, which gives the exact test; the score test is its normal counterpart.
 *
 * Where events come in bursts (more variance than mean from unit to unit) p is too small: compare means per unit.
 *
 * @param control, treatment see {@link EventCount}
 * @returns NaN outside the domain; p = 1 without any event, which decides nothing
 *
 * Source: Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313; score: Gu, Ng, Tang & Schucany 2008,
 * doi:10.1002/bimj.200710403.
 */
export function rateTest(control: EventCount, treatment: EventCount): RateTest {
  const isValid = isEventCount(control) && isEventCount(treatment)
  const greater = isValid ? atLeast(treatment, control) : NO_TAILS
  const less = isValid ? atLeast(control, treatment) : NO_TAILS
  const logExact = Math.min(0, Math.LN2 + Math.min(greater.logLower, less.logLower))
  const [controlRate, treatmentRate] = [control, treatment].map(({ events, exposure }) =>
    isValid ? events / exposure : Number.NaN,
  ) as [number, number]
  const statistic = isValid ? scoreStatistic(control, treatment) : Number.NaN
  return {
    controlRate,
    treatmentRate,
    rateRatio: treatmentRate / controlRate,
    pValueGreater: greater.lower,
    log10PValueGreater: greater.logLower / Math.LN10,
    pValueLess: less.lower,
    log10PValueLess: less.logLower / Math.LN10,
    pValueExact: Math.exp(logExact),
    log10PValueExact: logExact / Math.LN10,
    statistic,
    pValueScore: normalTwoSidedP(statistic),
    log10PValueScore: normalLog10TwoSidedP(statistic),
  }
}

/**
 * Interval of a ratio of two rates, treatment / control, normal on the logarithmic scale.
 *
 * @param control, treatment see {@link EventCount}, at least one event each
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain, and where one has no event: {@link exactRateRatioInterval} knows more then
 *
 * Source: Gu, Ng, Tang & Schucany 2008, section 2, doi:10.1002/bimj.200710403.
 */
export function rateRatioInterval(control: EventCount, treatment: EventCount, alpha: number): Interval {
  const isValid =
    isEventCount(control) && isEventCount(treatment) && control.events > 0 && treatment.events > 0
  const z = alpha > 0 && alpha < 1 ? -normalQuantile(alpha / 2) : Number.NaN
  if (!isValid) return { low: Number.NaN, high: Number.NaN }
  const factor = Math.exp(z * Math.sqrt(1 / control.events + 1 / treatment.events))
  const ratio = treatment.events / treatment.exposure / (control.events / control.exposure)
  return { low: ratio / factor, high: ratio * factor }
}

/**
 * Exact interval of a ratio of two rates, treatment / control: Clopper and Pearson's interval of the treatment's share
 * of all events, which is binomial, turned into a ratio. Covers at least as often as it says.
 *
 * @param control, treatment see {@link EventCount}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns 0 to Infinity without any event; NaN outside the domain
 *
 * Source: Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313; Clopper & Pearson 1934,
 * doi:10.1093/biomet/26.4.404.
 */
export function exactRateRatioInterval(control: EventCount, treatment: EventCount, alpha: number): Interval {
  const isValid = isEventCount(control) && isEventCount(treatment) && alpha > 0 && alpha < 1
  if (!isValid) return { low: Number.NaN, high: Number.NaN }
  const scale = control.exposure / treatment.exposure
  return {
    low: scale * oddsAtLeast(treatment.events, control.events, alpha / 2),
    high: scale / oddsAtLeast(control.events, treatment.events, alpha / 2),
  }
}

/** Smallest odds p / (1 − p) at which `events` or more of all events have a probability of more than `tail`. */
function oddsAtLeast(events: number, others: number, tail: number): number {
  if (events === 0) return 0
  const share = betaQuantile(tail, events, others + 1)
  const rest = betaUpperQuantile(tail, others + 1, events)
  return share / rest
}

/**
 * Probability, given the sum of the counts and equal rates, of at least as many events in `one` as observed (`lower`)
 * and of fewer (`upper`).
 */
function atLeast(one: EventCount, other: EventCount): Tails {
  if (one.events === 0) return flip(ALL_ABOVE)
  const exposure = one.exposure + other.exposure
  return incompleteBeta(one.exposure / exposure, one.events, other.events + 1, other.exposure / exposure)
}

/** (x₂t₁ − x₁t₂) / √((x₁ + x₂) t₁ t₂). */
function scoreStatistic(control: EventCount, treatment: EventCount): number {
  const total = control.events + treatment.events
  const ratio = control.exposure / treatment.exposure
  const difference = treatment.events * Math.sqrt(ratio) - control.events / Math.sqrt(ratio)
  return total > 0 ? difference / Math.sqrt(total) : Number.NaN
}

function isEventCount({ events, exposure }: EventCount): boolean {
  return isExactCount(events) && exposure > 0 && exposure < Number.POSITIVE_INFINITY
}
