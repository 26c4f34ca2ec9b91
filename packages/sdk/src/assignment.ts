/**
 * From units to points, and from weights to ranges of points.
 *
 * Each question about a unit is asked under its own salt, so the answers are independent: whether it takes
 * part says nothing about which variant it gets. All ranges are half-open, `[from, to)`, in whole points.
 */
import type { Slot } from './wire.ts'

/** Number of points; a bound of `POINTS` takes everyone, a bound of 0 no one. */
export const POINTS = 2 ** 32

/** Variant key → relative weight, finite and ≥ 0, in any unit; a variant left out has weight 0. */
export type Weights = Readonly<Record<string, number>>

/** Salt of the question whether a unit takes part; `salt` is that of the experiment's definition. */
export const coverageSalt = (salt: string): string => `${salt}/coverage`
/** Salt of the question which variant a unit gets. */
export const variantSalt = (salt: string): string => `${salt}/variant`
/** Salt of the question which of a layer's exclusive experiments a unit may enter. */
export const layerSalt = (layer: string): string => `layer/${layer}`
/** Salt of the question whether a unit is kept out of all experiments under a holdout. */
export const holdoutSalt = (holdout: string): string => `holdout/${holdout}`

/**
 * The bound below which a share of all points lies.
 *
 * @param share in [0, 1]
 * @returns an integer in [0, 2^32], nearest to `share` · 2^32
 * @throws RangeError when the share is outside [0, 1] or not a number
 */
export function shareToBound(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share must be between 0 and 1, not ${share}`)
  return Math.round(share * POINTS)
}

/**
 * Lays the variants out in the order given, each as wide as its weight says.
 *
 * Widths are those of the largest remainder method (Hamilton): they sum to 2^32 exactly, each is within one
 * point of its exact quota, and they depend on the weights only, not on the order. A variant whose width is
 * 0 gets no slot.
 *
 * @throws RangeError when a weight is negative or not finite, all are 0, or one belongs to no variant
 * @example slotsFromWeights(['a', 'b'], { a: 1, b: 3 })
 * // [{ from: 0, to: 1073741824, variant: 'a' }, { from: 1073741824, to: 4294967296, variant: 'b' }]
 */
export function slotsFromWeights(variants: readonly string[], weights: Weights): Slot[] {
  const widths = widthsFromWeights(weights)
  const slots: Slot[] = []
  let from = 0
  for (const variant of new Set(variants)) {
    const to = from + (widths.get(variant) ?? 0)
    if (to > from) slots.push({ from, to, variant })
    from = to
  }
  if (from !== POINTS) throw new RangeError('A weight is given for something that is not a variant')
  return slots
}

/**
 * Variant → points, for every weight above 0. Ties between equal remainders go to the key that sorts first
 * by UTF-16 code units.
 */
export function widthsFromWeights(weights: Weights): Map<string, number> {
  const keys = Object.keys(weights)
    .filter((key) => checkedWeight(weights, key) > 0)
    .sort()
  const largest = Math.max(...keys.map((key) => weights[key] as number))
  if (keys.length === 0) throw new RangeError('At least one weight must be above 0')
  // Scaled by the largest first, so that the sum of huge weights stays finite.
  const scaled = keys.map((key) => (weights[key] as number) / largest)
  const total = scaled.reduce((sum, weight) => sum + weight, 0)
  const quotas = scaled.map((weight) => (weight / total) * POINTS)
  const widths = quotas.map(Math.floor)
  const missing = POINTS - widths.reduce((sum, width) => sum + width, 0)
  const byRemainder = quotas.map((quota, i) => ({ i, rest: quota % 1 })).sort((a, b) => b.rest - a.rest)
  for (const { i } of byRemainder.slice(0, missing)) widths[i] = (widths[i] as number) + 1
  return new Map(keys.map((key, i) => [key, widths[i] as number]))
}

function checkedWeight(weights: Weights, key: string): number {
  const weight = weights[key] as number
  if (Number.isFinite(weight) && weight >= 0) return weight
  throw new RangeError(`The weight of '${key}' must be a finite number of at least 0, not ${weight}`)
}

/** Throws a RangeError unless the slots are ascending, contiguous and cover [0, 2^32) in whole points. */
export function checkSlots(slots: readonly Slot[]): void {
  // Not a number from the first slot on that does not go on where the last one ended.
  const end = slots.reduce(
    (at, { from, to }) => (from === at && to > from && Number.isInteger(to) ? to : Number.NaN),
    0,
  )
  if (end !== POINTS) throw new RangeError('Slots must cover all points, in order')
}
