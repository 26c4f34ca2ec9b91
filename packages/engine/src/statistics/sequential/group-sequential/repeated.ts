import { normalSf, normalTwoSidedP } from '../../distributions/normal.ts'
import type { Interval } from '../../intervals/mover.ts'
import { findRoot } from '../../special/find-root.ts'
import { efficacyBoundaries, type GroupSequentialTest } from './boundaries.ts'

/**
 * Repeated confidence interval: holds at all looks together, whether the test stops as planned or not.
 *
 * @param boundary of the two-sided test at this look
 * @returns NaN outside the domain; unbounded while nothing of alpha is spent
 *
 * Source: Jennison & Turnbull 2000, section 9.2.
 */
export function repeatedInterval(estimate: number, standardError: number, boundary: number): Interval {
  const isValid = Number.isFinite(estimate) && standardError > 0 && boundary > 0
  const margin = isValid ? boundary * standardError : Number.NaN
  return { low: estimate - margin, high: estimate + margin }
}

/** A look at a test, and what was seen. */
export interface RepeatedLook extends Omit<GroupSequentialTest, 'alpha'> {
  /** Information up to this look at least. */
  readonly information: readonly number[]
  /** The first is 0. */
  readonly look: number
  readonly z: number
}

/** No smaller p-value is told from 0. */
const LEAST_P = 1e-200
/** Nearer to alpha 1 boundaries lose their meaning. */
const LARGEST_P = 1 - 1e-9
/** Stands for a boundary that is infinite. */
const FARTHEST_Z = 1e3

/**
 * Repeated p-value: the smallest alpha with which the test, its alpha spent in the same way, would reject at this look.
 * Valid at every look, whether the test stops or not; the smallest up to now is the sequential p-value of the whole.
 *
 * @returns at least 1e-200, and at early looks at least what the spending function can still be written for: never too
 * small; NaN outside the domain
 *
 * Source: Jennison & Turnbull 2000, section 9.3; Liu & Anderson 2008, doi:10.1198/016214508000000986.
 */
export function repeatedPValue({ information, sides, spending, look, z }: RepeatedLook): number {
  const toHere = information.slice(0, look + 1)
  if (!(look >= 0 && look < information.length) || Number.isNaN(z)) return Number.NaN
  const statistic = sides === 2 ? Math.abs(z) : z
  const missing = (logAlpha: number) => {
    const test = { information: toHere, alpha: Math.exp(logAlpha), sides, spending }
    return Math.min(efficacyBoundaries(test)[look] ?? Number.NaN, FARTHEST_Z) - statistic
  }
  const high = Math.log(sides === 2 ? LARGEST_P : LARGEST_P / 2)
  if (missing(high) > 0) return 1
  // No boundary lies below that of a single look, so the p-value is not below the nominal one.
  const nominal = sides === 2 ? normalTwoSidedP(z) : normalSf(z)
  const low = Math.log(Math.max(LEAST_P, nominal * (1 - 1e-9)))
  return missing(low) <= 0 ? Math.exp(low) : Math.exp(findRoot(missing, low, high, 1e-13))
}
