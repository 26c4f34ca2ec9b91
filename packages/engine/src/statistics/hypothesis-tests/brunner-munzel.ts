import { studentTLog10TwoSidedP, studentTTwoSidedP } from '../distributions/student-t.ts'
import { areRankable, forEachRankedValue } from './ranks.ts'
import { type OneSidedT, oneSidedT } from './t-inference.ts'

/** How often the treatment's value is the larger one, and how exactly that is known. */
export interface SuperiorityEstimate {
  /** P(treatment > control) + P(equal) / 2. */
  readonly estimate: number
  readonly standardError: number
  readonly degreesOfFreedom: number
}

export interface BrunnerMunzelTest extends SuperiorityEstimate, OneSidedT {
  /** (estimate − ½) / standardError */
  readonly statistic: number
  /** Two-sided. */
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * Brunner and Munzel's test that neither variant tends to larger values than the other: P(treatment > control) +
 * P(equal) / 2 = ½, whatever the two distributions, with ties. O(n log n). Trustworthy from about ten units each.
 *
 * @param control, treatment at least two values each, without NaN
 * @returns NaN outside the domain; NaN for statistic and p-values where the standard error is 0: the samples do not
 * overlap, or all values are equal
 *
 * Source: Brunner & Munzel 2000, section 3, doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.
 */
export function brunnerMunzelTest(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
): BrunnerMunzelTest {
  const effect = estimateSuperiority(control, treatment)
  const { estimate, standardError, degreesOfFreedom } = effect
  const statistic = standardError > 0 ? (estimate - 0.5) / standardError : Number.NaN
  return {
    ...effect,
    statistic,
    pValue: studentTTwoSidedP(statistic, degreesOfFreedom),
    log10PValue: studentTLog10TwoSidedP(statistic, degreesOfFreedom),
    ...oneSidedT(statistic, degreesOfFreedom),
  }
}

/**
 * The estimate of {@link brunnerMunzelTest} with its standard error from the variances of the placements, which are
 * the share of the other sample below each value, and Satterthwaite's degrees of freedom.
 */
export function estimateSuperiority(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
): SuperiorityEstimate {
  const [m, n] = [control.length, treatment.length]
  if (!(m >= 2 && n >= 2 && areRankable(control, treatment)))
    return { estimate: Number.NaN, standardError: Number.NaN, degreesOfFreedom: Number.NaN }
  const ofControl = new Placements()
  const ofTreatment = new Placements()
  forEachRankedValue([control, treatment], ({ counts, below }) => {
    const [c = 0, t = 0] = counts
    const [belowC = 0, belowT = 0] = below
    ofControl.add(c, (belowT + t / 2) / n)
    ofTreatment.add(t, (belowC + c / 2) / m)
  })
  const first = ofControl.variance() / m
  const second = ofTreatment.variance() / n
  const sum = first + second
  const [a, b] = [first / sum, second / sum]
  return {
    estimate: ofTreatment.mean,
    standardError: Math.sqrt(sum),
    degreesOfFreedom: 1 / ((a * a) / (m - 1) + (b * b) / (n - 1)),
  }
}

/** Count, mean and squares of values that come with their frequency (Welford 1962, doi:10.2307/1266577). */
class Placements {
  #count = 0
  #squares = 0
  mean = 0

  add(count: number, value: number): void {
    if (count === 0) return
    this.#count += count
    const difference = value - this.mean
    this.mean += (difference * count) / this.#count
    this.#squares += count * difference * (value - this.mean)
  }

  variance(): number {
    return this.#squares / (this.#count - 1)
  }
}
