/** Whom the effect is averaged over: all units, or those that were treated. */
export type Estimand = 'average-effect' | 'effect-on-treated'

/** A unit's weight and its derivative with respect to the log odds of being treated. */
export interface PropensityWeight {
  readonly weight: number
  readonly derivative: number
}

/**
 * Weight that makes a unit's group stand for the whole: 1 / e of the treated and 1 / (1 − e) of the others, or, for
 * the effect on the treated, 1 and e / (1 − e).
 *
 * @param score e in (0, 1)
 *
 * Source: Hirano, Imbens & Ridder 2003, doi:10.1111/1468-0262.00442.
 */
export function propensityWeight(score: number, isTreated: boolean, estimand: Estimand): PropensityWeight {
  const odds = score / (1 - score)
  if (estimand === 'effect-on-treated')
    return isTreated ? { weight: 1, derivative: 0 } : { weight: odds, derivative: odds }
  return isTreated
    ? { weight: 1 / score, derivative: -1 / odds }
    : { weight: 1 / (1 - score), derivative: odds }
}

/** How far treated and untreated units can be compared at all. */
export interface Overlap {
  readonly treated: ScoreRange
  readonly untreated: ScoreRange
  /** Units whose score lies outside of the range that both groups reach. */
  readonly outsideCommonSupport: number
  /** Units with a score near 0 or 1, below the limit or above 1 − the limit. */
  readonly extreme: number
}

export interface ScoreRange {
  readonly units: number
  readonly smallest: number
  readonly mean: number
  readonly largest: number
  /** (Σw)² / Σw²: how many units the weighted group is worth (Kish 1965). */
  readonly effectiveUnits: number
}

/**
 * @param scores n probabilities of being treated
 * @param treated n zeros and ones, with some of each
 * @param limit what counts as extreme, such as 0.1
 *
 * Source: Crump, Hotz, Imbens & Mitnik 2009, doi:10.1093/biomet/asn055.
 */
export function overlapOf(
  scores: ArrayLike<number>,
  treated: ArrayLike<number>,
  estimand: Estimand,
  limit: number,
): Overlap {
  const ranges = [1, 0].map((group) => rangeOf(scores, treated, group, estimand))
  const [own, other] = ranges as [ScoreRange, ScoreRange]
  const low = Math.max(own.smallest, other.smallest)
  const high = Math.min(own.largest, other.largest)
  let outsideCommonSupport = 0
  let extreme = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    if (score < low || score > high) outsideCommonSupport++
    if (score < limit || score > 1 - limit) extreme++
  }
  return { treated: own, untreated: other, outsideCommonSupport, extreme }
}

function rangeOf(
  scores: ArrayLike<number>,
  treated: ArrayLike<number>,
  group: number,
  estimand: Estimand,
): ScoreRange {
  let units = 0
  let smallest = Number.POSITIVE_INFINITY
  let largest = Number.NEGATIVE_INFINITY
  let sum = 0
  let weights = 0
  let squares = 0
  for (let i = 0; i < scores.length; i++) {
    if (treated[i] !== group) continue
    const score = scores[i] as number
    const { weight } = propensityWeight(score, group === 1, estimand)
    units++
    smallest = Math.min(smallest, score)
    largest = Math.max(largest, score)
    sum += score
    weights += weight
    squares += weight * weight
  }
  return { units, smallest, mean: sum / units, largest, effectiveUnits: weights ** 2 / squares }
}
