/** What is known of an effect: its distribution. */
export interface EffectDistribution {
  /** P(effect ≤ value), to 1e-12. */
  cdf(value: number): number
  density(value: number): number
  /** About where it lies and how wide it is, on a scale that suits it. */
  readonly centre: number
  readonly spread: number
  /** The effect at a point of that scale, and the derivative of the effect there. */
  atScale(point: number): number
  stretch(point: number): number
  /** No effect is smaller or larger than these. */
  readonly least: number
  readonly most: number
}
