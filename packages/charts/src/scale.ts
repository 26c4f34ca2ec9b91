import { isNumber, type MaybeNumber } from './format/index.ts'

/** Axes: limits and marks that people can read, whatever the numbers are. */

export interface Scale {
  readonly minimum: number
  readonly maximum: number
  /** Distance of two marks; the limits are marks. */
  readonly step: number
}

/** Beyond these, coordinates would overflow or steps would be below the precision of a number. */
const LARGEST = 1e100
const SMALLEST_SPAN = 1e-9
const SMALLEST_RELATIVE_SPAN = 1e-6
/** What is further outside than so many spans is drawn as if it were there; it is not visible anyway. */
const SPANS_OUTSIDE = 40

/** Lowest and highest of the finite values; undefined when there are none. */
export function extentOf(values: Iterable<MaybeNumber>): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!isNumber(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : undefined
}

/** Limits around [low, high] on multiples of 1, 2 or 5 × 10ⁿ, with about `marks` steps. */
export function niceScale(low: number, high: number, marks: number): Scale {
  const [from, to] = widened(bounded(low), bounded(high))
  const step = niceStep((to - from) / Math.max(1, marks))
  return { minimum: Math.floor(from / step) * step, maximum: Math.ceil(to / step) * step, step }
}

/** The value, or a place well outside the scale on its side. */
export function withinReach(value: number, { minimum, maximum }: Scale): number {
  const reach = SPANS_OUTSIDE * (maximum - minimum)
  return Math.min(maximum + reach, Math.max(minimum - reach, value))
}

function bounded(value: number): number {
  return Math.min(LARGEST, Math.max(-LARGEST, value))
}

/** A span that is nothing, or next to nothing beside its values, gets some air. */
function widened(low: number, high: number): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (high - low >= Math.max(SMALLEST_SPAN, size * SMALLEST_RELATIVE_SPAN)) return [low, high]
  const air = size > SMALLEST_SPAN ? size * 0.1 : 1
  return [low - air, high + air]
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const digit = rough / power
  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power
}
