/** What tests of means need to know of a sample. */
export interface SampleSummary {
  /** Whole number ≥ 0. */
  readonly units: number
  /** NaN without units. */
  readonly mean: number
  /** Divisor n − 1; NaN for fewer than two units. */
  readonly variance: number
}

/**
 * Size, mean and variance of values that are at hand, accurate also where the mean is 1e12 times the standard
 * deviation: deviations from the first value lose nothing, and their mean is corrected for in a second pass.
 *
 * @param values finite numbers; one that is not makes the variance NaN, and the mean NaN or infinite
 *
 * Source: Chan, Golub & LeVeque 1983, eq. 1.7 (corrected two-pass algorithm), doi:10.1080/00031305.1983.10483115.
 */
export function summariseSample(values: ArrayLike<number>): SampleSummary {
  return summariseFrom(0, values)
}

/**
 * {@link summariseSample} with the mean counted from an origin, before it is rounded: with one origin for two samples
 * the difference of their means keeps digits that neither mean has room for.
 */
export function summariseFrom(origin: number, values: ArrayLike<number>): SampleSummary {
  const units = values.length
  if (units === 0) return { units, mean: Number.NaN, variance: Number.NaN }
  const first = values[0] as number
  const shift = compensatedSum(units, (i) => (values[i] as number) - first) / units
  let squares = 0
  let rest = 0
  for (let i = 0; i < units; i++) {
    const deviation = (values[i] as number) - first - shift
    squares += deviation * deviation
    rest += deviation
  }
  const variance = units < 2 ? Number.NaN : Math.max(0, squares - (rest * rest) / units) / (units - 1)
  return { units, mean: first - origin + shift, variance }
}

/**
 * Σ of n terms with one rounding, whatever their order.
 *
 * Source: Neumaier 1974, doi:10.1002/zamm.19740540106.
 */
function compensatedSum(n: number, term: (i: number) => number): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const value = term(i)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return Number.isFinite(lost) ? sum + lost : sum
}
