/**
 * Port: a rule that divides traffic among arms. A dynamic allocation asks it for the probability of each
 * arm; the assignment stays the same deterministic hash, so that every decision has an exact propensity.
 */
export interface Policy {
  readonly name: string
  /** Probability of each arm, in order: ≥ 0, summing to one. */
  propensities(arms: readonly string[]): number[]
}
