import { noncentralTTails } from '../distributions/noncentral-t.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { findRoot } from '../special/find-root.ts'

/** Student's test of two means, before its units have come. */
export interface TTestDesign {
  /** Units of the treatment for each of the control, > 0. */
  readonly ratio: number
  /** In (0, 1), of all sides together. */
  readonly alpha: number
  /** 2: rejects on either side; 1: only where the treatment is larger. */
  readonly sides: 1 | 2
}

/** Chance that a test rejects and that it does not, each with all its digits. */
export interface RejectionChance {
  readonly power: number
  readonly miss: number
}

const NO_CHANCE: RejectionChance = { power: Number.NaN, miss: Number.NaN }

/**
 * Chance that Student's test of two means with a common variance rejects; with two sides rejecting on the wrong one
 * counts as well.
 *
 * @param effect difference of the means over their common standard deviation (Cohen's d), any finite number
 * @param controlUnits > 0, not necessarily whole, with n₁ (1 + ratio) > 2
 * @returns NaN outside the domain
 *
 * Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, section 12.2; exact by the noncentral t
 * distribution, Johnson, Kotz & Balakrishnan 1995, chapter 31.
 */
export function tTestPower(effect: number, controlUnits: number, design: TTestDesign): RejectionChance {
  const { ratio, alpha, sides } = design
  const degreesOfFreedom = controlUnits * (1 + ratio) - 2
  if (!(isTTestDesign(design) && degreesOfFreedom > 0 && Number.isFinite(effect))) return NO_CHANCE
  const noncentrality = effect * Math.sqrt(controlUnits) * Math.sqrt(ratio / (1 + ratio))
  const critical = -studentTQuantile(alpha / sides, degreesOfFreedom)
  const { upper, lower } = noncentralTTails(critical, degreesOfFreedom, noncentrality)
  if (sides === 1) return { power: upper, miss: lower }
  const below = noncentralTTails(-critical, degreesOfFreedom, noncentrality)
  return {
    power: upper + below.lower,
    // On the side where the effect lies the complement is small and has all its digits.
    miss: noncentrality >= 0 ? lower - below.lower : below.upper - upper,
  }
}

/**
 * Units of the control with which the test has a power, as a real number; round up.
 *
 * @param effect Cohen's d, not 0; above 0 with one side
 * @param power above alpha, below 1
 * @returns at least so many that a hundredth of a degree of freedom is left; NaN outside the domain, see {@link tTestPower}
 */
export function tTestUnits(effect: number, power: number, design: TTestDesign): number {
  const isPossible = effect !== 0 && Number.isFinite(effect) && (design.sides === 2 || effect > 0)
  if (!isTTestDesign(design) || !isPossible || !isPowerAbove(design.alpha, power)) return Number.NaN
  const { ratio } = design
  const unitsAt = (logDegreesOfFreedom: number) => (2 + Math.exp(logDegreesOfFreedom)) / (1 + ratio)
  const excess = (logDegreesOfFreedom: number) =>
    excessOf(tTestPower(effect, unitsAt(logDegreesOfFreedom), design), power)
  const drift = normalDrift(power, design)
  const normalUnits = (drift / effect) ** 2 * (1 + 1 / ratio)
  let low = Math.max(SMALLEST_LOG, Math.log(normalUnits * (1 + ratio)) - 0.01)
  let high = low + 0.5
  while (excess(high) < 0 && high < LARGEST_LOG) high += 2
  // A large effect is found with few units, where what Student's t costs is anything but a small correction.
  while (excess(low) > 0 && low > SMALLEST_LOG) low = Math.max(SMALLEST_LOG, low - 1)
  return unitsAt(excess(low) > 0 ? low : findRoot(excess, low, high))
}

/**
 * Effect that the test finds with a power.
 *
 * @param power above alpha, below 1
 * @returns Cohen's d > 0; NaN outside the domain, see {@link tTestPower}
 */
export function tTestDetectableEffect(controlUnits: number, power: number, design: TTestDesign): number {
  const { ratio, alpha, sides } = design
  const degreesOfFreedom = controlUnits * (1 + ratio) - 2
  if (!isTTestDesign(design) || !(degreesOfFreedom > 0) || !isPowerAbove(alpha, power)) return Number.NaN
  const scale = Math.sqrt((1 + 1 / ratio) / controlUnits)
  const excess = (drift: number) => excessOf(tTestPower(drift * scale, controlUnits, design), power)
  let high = -studentTQuantile(alpha / sides, degreesOfFreedom) + Math.max(1, normalQuantile(power))
  while (excess(high) < 0 && high < Number.MAX_VALUE / 4) high *= 2
  return scale * findRoot(excess, 0, high)
}

const LARGEST_LOG = 700
/** Of degrees of freedom; fewer than a hundredth are none, whatever the effect. */
const SMALLEST_LOG = Math.log(0.01)

/** Sign and size of power − target, by the logarithm of what is smaller. */
function excessOf({ power, miss }: RejectionChance, target: number): number {
  return target > 0.5 ? Math.log((1 - target) / miss) : Math.log(power / target)
}

/** z quantiles that the test would need with a known variance; at least a little. */
function normalDrift(power: number, { alpha, sides }: TTestDesign): number {
  return Math.max(0.01, normalQuantile(power) - normalQuantile(alpha / sides))
}

function isPowerAbove(alpha: number, power: number): boolean {
  return power > alpha && power < 1
}

function isTTestDesign({ ratio, alpha }: TTestDesign): boolean {
  return ratio > 0 && Number.isFinite(ratio) && alpha > 0 && alpha < 1
}
