/** What is left of the score when a check fails altogether. */
export const FLOORS = {
  /** The numbers say nothing. */
  void: 0,
  /** The numbers are probably wrong: too little to act on. */
  serious: 0.25,
  /** To be kept in mind: alone it does not keep anybody from acting. */
  notable: 0.6,
} as const

/** p-values above this are nothing to object to. */
const UNREMARKABLE = 0.05
/** Where nothing is ever refused, a p-value this small still scores nothing. */
const SMALLEST_ALPHA = 1e-12

/** Linear between what is failed (0) and what is fine (1), whichever of them is more; they must differ. */
export function ramp(value: number, failed: number, fine: number): number {
  return Math.min(1, Math.max(0, (value - failed) / (fine - failed)))
}

/** From `floor` to 1 where a score went from 0 to 1. */
export function above(floor: number, score: number): number {
  return floor + (1 - floor) * score
}

/**
 * Score of a test that finds nothing when all is well: 1 where p ≥ 0.05, 0 where p ≤ alpha, linear in log p between.
 *
 * @param pValue in [0, 1]
 * @param alpha where it counts as failed, in [0, 1); from 0.05 on there is no between
 */
export function scoreOfP(pValue: number, alpha: number): number {
  if (pValue <= alpha) return 0
  if (pValue >= UNREMARKABLE) return 1
  return ramp(Math.log(pValue), Math.log(Math.max(alpha, SMALLEST_ALPHA)), Math.log(UNREMARKABLE))
}

/** p of the smallest of several, were each of them alone to be judged (Bonferroni). */
export function familyP(smallest: number, tests: number): number {
  return Math.min(1, smallest * Math.max(1, tests))
}
