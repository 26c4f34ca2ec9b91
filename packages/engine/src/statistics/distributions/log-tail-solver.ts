const MOST_STEPS = 200

/** The error after a step is about the cube of the excess before it, so that nothing is left to correct. */
const LAST_EXCESS = 1e-5

/** No step on the log scale is longer: far from the root the curvature says little. */
const LONGEST_STEP = 40

/** One tail at a place: its logarithm and what steps need. */
export interface LogTail {
  readonly logTail: number
  /** Derivative of `logTail`: the density over the tail, negative for an upper tail. */
  readonly slope: number
  /** Derivative of the logarithm of the density. */
  readonly logDensitySlope: number
}

export interface LogTailProblem<Place> {
  readonly start: Place
  /** The logarithm of the tail wanted. */
  readonly goal: number
  readonly tailAt: (place: Place) => LogTail
  /** The place `step` higher on the scale of the derivatives. */
  readonly move: (place: Place, step: number) => Place
}

/**
 * The place where one tail of a distribution has a given logarithm.
 *
 * Halley's method on a scale where the density is log-concave. Both log tails are then concave, and any start
 * converges: a tangent of a concave function meets the goal before the function does.
 *
 * @returns undefined when it does not settle, as where `tailAt` is NaN
 *
 * With g the log tail, r = g′ and h the log density, g″ = r (h′ − r). Source of the method: Gander 1985,
 * doi:10.1080/00029890.1985.11971554.
 */
export function solveLogTail<Place>({ start, goal, tailAt, move }: LogTailProblem<Place>): Place | undefined {
  let place = start
  for (let i = 0; i < MOST_STEPS; i++) {
    const { logTail, slope, logDensitySlope } = tailAt(place)
    const excess = logTail - goal
    const newton = -excess / slope
    const bend = 1 + (newton * (logDensitySlope - slope)) / 2
    const step = newton / Math.max(0.5, Math.min(bend, 2))
    if (Number.isNaN(step)) return undefined
    place = move(place, Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step)))
    if (Math.abs(excess) < LAST_EXCESS) return place
  }
  return undefined
}
