const MOST_STEPS = 300

interface Point {
  readonly x: number
  readonly value: number
}

/**
 * x between `low` and `high` where a continuous function changes its sign: inverse quadratic interpolation where
 * three points promise that it converges, bisection elsewhere.
 *
 * @param relativeTolerance stop when the bracket is this narrow relative to |x|
 * @returns NaN when the function has the same sign at both ends, or is NaN on the way
 *
 * Source: Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  relativeTolerance = 4 * Number.EPSILON,
): number {
  const at = (x: number): Point => ({ x, value: f(x) })
  let b = at(low)
  let a = at(high)
  if (a.value === 0) return a.x
  if (b.value === 0) return b.x
  if (!(a.value < 0 !== b.value < 0)) return Number.NaN
  let share = 0.5
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = at(a.x + share * (b.x - a.x))
    if (Number.isNaN(next.value)) return Number.NaN
    let c = a
    if (next.value > 0 !== a.value > 0) [b, c] = [a, b]
    a = next
    const best = Math.abs(a.value) < Math.abs(b.value) ? a : b
    const tolerance = relativeTolerance * Math.abs(best.x) + Number.MIN_VALUE
    const least = tolerance / Math.abs(b.x - a.x)
    if (best.value === 0 || least > 0.5) return best.x
    share = Math.min(1 - least, Math.max(least, shareFor(a, b, c)))
  }
  return a.x
}

/** How far to go from a towards b. */
function shareFor(a: Point, b: Point, c: Point): number {
  const place = (a.x - b.x) / (c.x - b.x)
  const height = (a.value - b.value) / (c.value - b.value)
  if (!(height * height < place && (1 - height) * (1 - height) < 1 - place)) return 0.5
  const first = (a.value / (b.value - a.value)) * (c.value / (b.value - c.value))
  const slope = (c.x - a.x) / (b.x - a.x)
  return first + slope * (a.value / (c.value - a.value)) * (b.value / (c.value - b.value))
}
