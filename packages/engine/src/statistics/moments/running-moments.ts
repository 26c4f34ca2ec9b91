/**
 * Count, mean and sum of squared deviations of numbers, one at a time and mergeable.
 *
 * The mean is kept as its distance from the first value, so that also where values are 1e15 times their spread
 * from 0 no digit of the spread is lost. Values that are taken out again belong into `CrossMoments`.
 */
export interface RunningMoments {
  readonly units: number
  /** First value; 0 when empty. */
  readonly origin: number
  /** Mean − origin, and what its rounding left over. */
  readonly shift: number
  readonly shiftError: number
  /** Σ(x − mean)², and what its rounding left over. */
  readonly squares: number
  readonly squaresError: number
}

export const NO_MOMENTS: RunningMoments = {
  units: 0,
  origin: 0,
  shift: 0,
  shiftError: 0,
  squares: 0,
  squaresError: 0,
}

/**
 * With one value more.
 *
 * @param value finite; the variance is Infinity where values differ by more than 1e154
 *
 * Source: Welford 1962, doi:10.1080/00401706.1962.10490022.
 */
export function withValue(moments: RunningMoments, value: number): RunningMoments {
  if (moments.units === 0) return { ...NO_MOMENTS, units: 1, origin: value }
  const units = moments.units + 1
  const deviation = value - moments.origin - moments.shift - moments.shiftError
  return grown(moments, units, deviation / units, (deviation * deviation * moments.units) / units)
}

/**
 * The moments of two sets of values taken together.
 *
 * Source: Chan, Golub & LeVeque 1983, equations 2.1, doi:10.1080/00031305.1983.10483115.
 */
export function mergedMoments(one: RunningMoments, other: RunningMoments): RunningMoments {
  if (one.units === 0) return other
  if (other.units === 0) return one
  const units = one.units + other.units
  const distance = other.origin - one.origin + (other.shift - one.shift) + (other.shiftError - one.shiftError)
  const squares = other.squares + distance * distance * one.units * (other.units / units)
  const merged = grown(one, units, distance * (other.units / units), squares)
  return { ...merged, squaresError: merged.squaresError + other.squaresError }
}

export function momentsOf(values: Iterable<number>): RunningMoments {
  let moments = NO_MOMENTS
  for (const value of values) moments = withValue(moments, value)
  return moments
}

/** Mean; NaN when empty. */
export function meanOf({ units, origin, shift, shiftError }: RunningMoments): number {
  return units === 0 ? Number.NaN : origin + (shift + shiftError)
}

/** Σ(x − mean)²; Infinity where it leaves the range of doubles. */
export function sumOfSquaresOf({ squares, squaresError }: RunningMoments): number {
  return squares === Number.POSITIVE_INFINITY ? squares : squares + squaresError
}

/** Sample variance (divisor n − 1); NaN below two values. */
export function varianceOf(moments: RunningMoments): number {
  return moments.units < 2 ? Number.NaN : sumOfSquaresOf(moments) / (moments.units - 1)
}

/** Both sums increased, with what rounding lost of them carried along (Neumaier 1974). */
function grown(moments: RunningMoments, units: number, step: number, squares: number): RunningMoments {
  const shift = moments.shift + step
  const total = moments.squares + squares
  return {
    units,
    origin: moments.origin,
    shift,
    shiftError: moments.shiftError + lost(moments.shift, step, shift),
    squares: total,
    squaresError: moments.squaresError + lost(moments.squares, squares, total),
  }
}

/** x + y − fl(x + y), exactly, where x + y does not overflow. */
function lost(x: number, y: number, sum: number): number {
  return Math.abs(x) >= Math.abs(y) ? x - sum + y : y - sum + x
}
