import {
  type ContinuationInterval,
  continued,
  exceedance,
  massOf,
  mirrored,
  type ScoreDensity,
  startDensity,
} from './score-density.ts'

/** When a group-sequential test stops, by its z at each look. */
export interface StoppingRule {
  /**
   * Information at each look, ascending, at least a millionth apart. Any unit; conventionally the share of the planned
   * information, so that the last is 1.
   */
  readonly information: readonly number[]
  /** Stops with z ≥ upper; Infinity for never. */
  readonly upper: readonly number[]
  /** Stops with z ≤ lower; −Infinity, or left out, for never. */
  readonly lower?: readonly number[]
  /** Stops with |z| ≤ inner (a two-sided test without hope); 0, or left out, for never. */
  readonly inner?: readonly number[]
}

/** Probability of stopping at each look, and not before. */
export interface ExitProbabilities {
  readonly upper: readonly number[]
  readonly lower: readonly number[]
  readonly inner: readonly number[]
  /** Probability of never stopping. */
  readonly never: number
}

/** Looks closer than this share of the information at hand are one look. */
const CLOSEST_LOOKS = 1e-6

/**
 * Probabilities of stopping at each look on each side, to about 12 digits, also where they are as small as 1e-200.
 *
 * @param drift expectation of Z at information 1: the effect over its standard error at the planned end
 * @returns NaN for every look outside the domain
 *
 * Source: Jennison & Turnbull 2000, section 19.2.
 */
export function exitProbabilities(rule: StoppingRule, drift = 0): ExitProbabilities {
  const { information, upper, lower, inner } = rule
  const looks = information.map((_, look) => look)
  const isComplete = [upper, lower ?? upper, inner ?? upper].every(
    ({ length }) => length === information.length,
  )
  if (!isInformation(information) || !isComplete || !Number.isFinite(drift) || !isWithoutGaps(rule))
    return nowhere(information.length)
  let density = startDensity(drift)
  const exits = looks.map((look) => {
    const exit = exitAt(density, rule, look)
    density = afterLook(density, rule, look)
    return exit
  })
  return {
    upper: exits.map((exit) => exit.upper),
    lower: exits.map((exit) => exit.lower),
    inner: exits.map((exit) => exit.inner),
    never: massOf(density),
  }
}

/** The density after a look of a rule at which it did not stop. */
export function afterLook(density: ScoreDensity, rule: StoppingRule, look: number): ScoreDensity {
  return continued(density, rule.information[look] as number, continuation(rule, look), {
    next: rule.information[look + 1] ?? Number.POSITIVE_INFINITY,
    farthest: farthestPath(rule, look),
  })
}

/** Information of each look, each a little above the last. */
export function isInformation(information: readonly number[]): boolean {
  const isAscending = information.every(
    (value, look) => value - (information[look - 1] ?? 0) > value * CLOSEST_LOOKS,
  )
  return isAscending && information.every((value) => value < Number.POSITIVE_INFINITY)
}

function exitAt(density: ScoreDensity, rule: StoppingRule, look: number) {
  const information = rule.information[look] as number
  const { upper, lower, inner } = boundsAt(rule, look)
  const within = inner > 0 ? interior(density, information, inner) : 0
  return {
    upper: exceedance(density, information, upper),
    lower: exceedance(mirrored(density), information, -lower),
    inner: within,
  }
}

/** P(not stopped before, |Z| ≤ inner). */
function interior(density: ScoreDensity, information: number, inner: number): number {
  const all = continued(density, information, [{ low: -inner, high: inner }], {})
  return massOf(all)
}

function boundsAt({ upper, lower, inner }: StoppingRule, look: number) {
  return {
    upper: upper[look] as number,
    lower: lower?.[look] ?? Number.NEGATIVE_INFINITY,
    inner: inner?.[look] ?? 0,
  }
}

function continuation(rule: StoppingRule, look: number): ContinuationInterval[] {
  const { upper, lower, inner } = boundsAt(rule, look)
  if (!(inner > 0)) return [{ low: lower, high: upper }]
  return [
    { low: lower, high: -inner },
    { low: inner, high: upper },
  ]
}

/**
 * The z at this look of the straight path to the farthest later boundary: where no boundary bounds the region, it must
 * reach beyond it.
 */
export function farthestPath({ information, upper, lower }: StoppingRule, look: number): number {
  let farthest = 0
  for (let later = look + 1; later < information.length; later++) {
    const share = Math.sqrt((information[look] as number) / (information[later] as number))
    for (const bound of [upper[later] as number, lower?.[later] ?? 0]) {
      if (Number.isFinite(bound)) farthest = Math.max(farthest, Math.abs(bound) * share)
    }
  }
  return farthest
}

/** Bounds in order at every look; where they meet, the test stops in any case. */
function isWithoutGaps(rule: StoppingRule): boolean {
  return rule.information.every((_, look) => {
    const { upper, lower, inner } = boundsAt(rule, look)
    const isWedgeInside = inner === 0 || (inner > 0 && upper >= inner && lower <= -inner)
    return upper >= lower && isWedgeInside
  })
}

function nowhere(looks: number): ExitProbabilities {
  const none = new Array<number>(looks).fill(Number.NaN)
  return { upper: none, lower: none, inner: none, never: Number.NaN }
}
