import { normalCdf, normalSf } from '../distributions/normal.ts'
import { integrate } from '../special/gauss-legendre.ts'
import { stirlingError } from '../special/log-gamma.ts'
import { expm1MinusX } from '../special/small-differences.ts'

const LOG_TWO_PI = 1.8378770664093454836

/** Standard deviations of log s that are integrated over. */
const REACH = 10
const PANELS = 16
const NODES = 20

/**
 * Chance that two one-sided tests both reject: that the effect is shown to lie between −margin and margin.
 *
 * @param margin > 0, over the standard error of the difference
 * @param effect the true one over the standard error, between −margin and margin
 * @param critical z or t of one of the tests, > 0
 * @param degreesOfFreedom > 0; Infinity where the standard error counts as known
 * @returns to about 1e-10; 0 where the margin is too narrow for any estimate to show it; NaN outside the domain
 *
 * Given the ratio s of the estimated to the true standard error the estimate must lie within (critical · s − margin,
 * margin − critical · s): an average over s. Source: Schuirmann 1987, doi:10.1007/BF01068419; Owen 1965,
 * doi:10.1093/biomet/52.3-4.437.
 */
export function equivalencePower(
  margin: number,
  effect: number,
  critical: number,
  degreesOfFreedom: number,
): number {
  if (!(margin > 0 && critical > 0 && degreesOfFreedom > 0) || !(Math.abs(effect) < margin)) return Number.NaN
  const within = (s: number) => chanceWithin(critical * s - margin - effect, margin - effect - critical * s)
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return within(1)
  const widest = margin / critical
  const reach = REACH / Math.sqrt(2 * degreesOfFreedom)
  const low = Math.max(0, 1 - reach)
  const high = Math.min(widest, 1 + reach)
  if (high <= low) return 0
  const density = densityOf(degreesOfFreedom)
  const width = (high - low) / PANELS
  let sum = 0
  for (let panel = 0; panel < PANELS; panel++) {
    const from = low + panel * width
    sum += integrate((s) => within(s) * density(s), from, from + width, NODES)
  }
  return Math.min(1, sum)
}

/** P(low < Z < high) from the tails that are smaller. */
function chanceWithin(low: number, high: number): number {
  if (!(low < high)) return 0
  return low > 0 ? normalSf(low) - normalSf(high) : normalCdf(high) - normalCdf(low)
}

/** Density of s = χ / √ν. */
function densityOf(degreesOfFreedom: number): (s: number) => number {
  const constant = (Math.log(2 * degreesOfFreedom) - LOG_TWO_PI) / 2 - stirlingError(degreesOfFreedom / 2)
  return (s) => {
    const v = Math.log(s)
    return Math.exp(constant - (degreesOfFreedom / 2) * expm1MinusX(2 * v) - v)
  }
}
