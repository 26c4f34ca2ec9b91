import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { findRoot } from '../../special/find-root.ts'
import { afterLook, exitProbabilities, isInformation, type StoppingRule } from './exit-probabilities.ts'
import { startDensity, upperBoundary } from './score-density.ts'
import { errorSpentAtEach, type Spending } from './spending.ts'

/** A group-sequential test of no effect. */
export interface GroupSequentialTest {
  /**
   * Information at each look over the planned one, ascending; units over planned units. The last need not be 1 (looks to
   * come may be left out: the boundary at a look depends on those before only); from 1 on all of alpha is spent.
   */
  readonly information: readonly number[]
  /** In (0, 1), of both sides together. */
  readonly alpha: number
  /** 2: symmetric; 1: upwards only. */
  readonly sides: 1 | 2
  readonly spending: Spending
}

/**
 * z from which the test stops for efficacy at each look (with two sides |z|): the boundaries of alpha spending.
 *
 * @returns one a look; Infinity where what may be spent is too small to be written; NaN outside the domain
 *
 * Source: Lan & DeMets 1983, doi:10.1093/biomet/70.3.659, by the recursion of Jennison & Turnbull 2000, section 19.2.
 */
export function efficacyBoundaries({ information, alpha, sides, spending }: GroupSequentialTest): number[] {
  const errors = errorSpentAtEach(spending, information, alpha > 0 && alpha < 1 ? alpha / sides : Number.NaN)
  return spentBoundaries({ information, errors, sides })
}

/** What may be spent at each look by one side, in place of a spending function. */
export interface SpentErrors extends Pick<GroupSequentialTest, 'information' | 'sides'> {
  /** ≥ 0, one a look. */
  readonly errors: readonly number[]
}

/** Boundaries that spend a given error of each side at each look; see {@link efficacyBoundaries}. */
export function spentBoundaries({ information, errors, sides }: SpentErrors): number[] {
  const isValid = isInformation(information) && errors.every((error) => error >= 0 && error < 1)
  if (!isValid || errors.length !== information.length) return information.map(() => Number.NaN)
  const upper = singleLookBoundaries(errors)
  const lower = mirroredBoundaries(upper, sides)
  const rule: StoppingRule = { information, upper, lower }
  let density = startDensity(0)
  for (const [look, error] of errors.entries()) {
    const boundary = upperBoundary(density, information[look] as number, error)
    upper[look] = boundary
    if (sides === 2) lower[look] = -boundary
    if (look + 1 < errors.length) density = afterLook(density, rule, look)
  }
  return upper
}

/** Boundaries if each look were the only one: no boundary lies above, so paths to it lead no farther. */
export function singleLookBoundaries(errors: readonly number[]): number[] {
  return errors.map((error) => (error > 0 ? -normalQuantile(error) : Number.POSITIVE_INFINITY))
}

/** Lower boundaries of a symmetric test; none of a one-sided one. */
export function mirroredBoundaries(upper: readonly number[], sides: 1 | 2): number[] {
  return upper.map((bound) => (sides === 2 ? -bound : Number.NEGATIVE_INFINITY))
}

export interface ClassicTest {
  /** Information at each look, ascending; any unit. */
  readonly information: readonly number[]
  readonly alpha: number
  readonly sides: 1 | 2
  /** Δ of Wang and Tsiatis: ½ is Pocock's test, 0 O'Brien and Fleming's. */
  readonly shape: number
}

/** Boundaries of the form C · t^(Δ − ½), with t the share of the last look's information. */
export interface ClassicBoundaries {
  readonly constant: number
  readonly boundaries: readonly number[]
}

/**
 * Boundaries of Pocock, O'Brien and Fleming, and what lies between. Unlike those of alpha spending they hold only for
 * the looks that were planned.
 *
 * @returns NaN outside the domain
 *
 * Source: Wang & Tsiatis 1987, doi:10.2307/2531959; Pocock 1977, doi:10.1093/biomet/64.2.191; O'Brien & Fleming 1979,
 * doi:10.2307/2530245.
 */
export function classicBoundaries({ information, alpha, sides, shape }: ClassicTest): ClassicBoundaries {
  const last = information.at(-1) ?? Number.NaN
  const form = information.map((value) => (value / last) ** (shape - 0.5))
  const isValid = isInformation(information) && alpha > 0 && alpha < 1 && form.every(Number.isFinite)
  if (!isValid || information.length === 0)
    return { constant: Number.NaN, boundaries: information.map(() => Number.NaN) }
  const excess = (constant: number) => {
    const upper = form.map((factor) => constant * factor)
    const lower = mirroredBoundaries(upper, sides)
    return Math.log((sum(exitProbabilities({ information, upper, lower }).upper) * sides) / alpha)
  }
  // A single look at the end needs the least; looks that share alpha by Bonferroni, the most.
  const least = -normalQuantile(alpha / sides)
  const most = -normalQuantile(alpha / sides / form.length) / Math.min(...form)
  const constant = form.length === 1 ? least : findRoot(excess, least, most)
  return { constant, boundaries: form.map((factor) => constant * factor) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
