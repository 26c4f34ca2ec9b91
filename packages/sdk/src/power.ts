/**
 * How large an experiment must be: the body and the answer of `POST /v1/power`. Plain JSON, no behaviour.
 *
 * Over HTTP a number that does not exist is null.
 */

/** What is measured on each unit, as it is today. */
export type PlannedMetric =
  | { readonly kind: 'proportion' | 'retention'; readonly baseline: number }
  | { readonly kind: 'mean'; readonly baseline: number; readonly standardDeviation: number }
  | { readonly kind: 'count'; readonly baseline: number; readonly dispersion?: number }
  | {
      readonly kind: 'ratio'
      readonly numerator: { readonly mean: number; readonly standardDeviation: number }
      readonly denominator: { readonly mean: number; readonly standardDeviation: number }
      readonly correlation: number
    }

/** Two of `unitsPerVariant`, `minimumDetectableEffect` and `power`; the third is the answer. */
export interface PowerQuestion {
  readonly metric: PlannedMetric
  readonly unitsPerVariant?: number
  readonly minimumDetectableEffect?: number
  readonly power?: number
  readonly effectScale?: 'relative' | 'absolute'
  /** Which effect is sought where it is the unknown. */
  readonly direction?: 'increase' | 'decrease'
  readonly hypothesis?: {
    readonly kind: 'difference' | 'non-inferiority' | 'equivalence'
    readonly expectedEffect?: number
  }
  readonly alpha?: number
  readonly sides?: 1 | 2
  /** Control included. */
  readonly variants?: number
  readonly correction?: 'bonferroni' | 'dunnett' | 'none'
  /** Units of the control for each of a treatment. */
  readonly controlRatio?: number | 'optimal'
  readonly plan?:
    | { readonly method: 'fixed-horizon' }
    | { readonly method: 'always-valid'; readonly looks?: number }
    | {
        readonly method: 'group-sequential'
        readonly looks?: number
        readonly spending?: 'obrien-fleming' | 'pocock'
      }
  readonly clusters?: {
    readonly meanSize: number
    readonly sizeVariation?: number
    readonly intraclassCorrelation: number
  }
  /** Share of the variance that a covariate explains. */
  readonly varianceSaved?: number
  readonly traffic?: { readonly unitsPerDay: number; readonly coverage?: number }
}

export interface SolvedPower {
  readonly status: 'answered'
  readonly solvedFor: 'unitsPerVariant' | 'minimumDetectableEffect' | 'power'
  /** In each treatment. */
  readonly unitsPerVariant: number
  readonly controlUnits: number
  /** In all variants together. */
  readonly units: number
  /** On the scale of the question. */
  readonly minimumDetectableEffect: number
  /** Relative is null where the baseline is 0. */
  readonly effect: { readonly relative: number | null; readonly absolute: number }
  readonly power: number
  readonly baseline: number
  /** Of one comparison and one side. */
  readonly alphaPerComparison: number
  readonly comparisons: number
  readonly correction: 'bonferroni' | 'dunnett' | 'none'
  readonly controlRatio: number
  /** Units over those of a plan with a single look. */
  readonly inflation: number
  /** When the test stops, on average, if the effect is real. */
  readonly expectedUnitsPerVariant: number
  readonly designEffect: number
  readonly clustersPerVariant?: number
  readonly duration?: PlannedDuration
  /** Formula, in words. */
  readonly method: string
}

/** Whole days, and whole weeks, until the units have come. */
export interface PlannedDuration {
  readonly days: number
  readonly weeks: number
}

export interface PowerPoint {
  readonly unitsPerVariant: number
  readonly power: number
  readonly duration?: PlannedDuration
}

export interface EffectPoint {
  readonly unitsPerVariant: number
  readonly minimumDetectableEffect: number
  readonly duration?: PlannedDuration
}

/** Without units where no number of them would do. */
export interface PowerAlternative {
  readonly power: number
  readonly minimumDetectableEffect: number
  readonly unitsPerVariant?: number
  readonly units?: number
  readonly duration?: PlannedDuration
}

export interface PowerReport {
  readonly status: 'answered'
  readonly answer: SolvedPower
  /** Of the effect curve. */
  readonly targetPower: number
  readonly powerCurve: readonly PowerPoint[]
  readonly effectCurve: readonly EffectPoint[]
  readonly alternatives: readonly PowerAlternative[]
}
