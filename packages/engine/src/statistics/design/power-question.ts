import type { SpendingName } from './test-plan.ts'

/** What is measured on each unit, as it is today. */
export type PlannedMetric = PlannedProportion | PlannedMean | PlannedCount | PlannedRatio

/** A share of units: converted, or come back within a window. */
export interface PlannedProportion {
  readonly kind: 'proportion' | 'retention'
  /** In (0, 1). */
  readonly baseline: number
}

export interface PlannedMean {
  readonly kind: 'mean'
  /** Any finite number; not 0 where effects are relative. */
  readonly baseline: number
  /** Of the values of the units, the same in all variants, > 0. */
  readonly standardDeviation: number
}

export interface PlannedCount {
  readonly kind: 'count'
  /** Events per unit, > 0. */
  readonly baseline: number
  /** Variance over mean, the same in all variants, > 0; 1 (Poisson) unless given. */
  readonly dispersion?: number
}

/** A ratio of two sums over units, its baseline that of the means. */
export interface PlannedRatio {
  readonly kind: 'ratio'
  readonly numerator: MeanAndDeviation
  /** Its mean is not 0. */
  readonly denominator: MeanAndDeviation
  /** Of numerator and denominator over units, in [−1, 1]. */
  readonly correlation: number
}

export interface MeanAndDeviation {
  readonly mean: number
  /** ≥ 0 */
  readonly standardDeviation: number
}

/**
 * What the test is to show.
 *
 * `difference`: that the variant differs from the control, if the effect is the minimum detectable one.
 * `non-inferiority`: that the variant is not worse than the control by the minimum detectable effect, which then is the
 * margin (its sign says which way is worse), if the effect is the expected one.
 * `equivalence`: that it differs less than that either way, by two one-sided tests, each at alpha / sides.
 */
export interface Hypothesis {
  readonly kind: 'difference' | 'non-inferiority' | 'equivalence'
  /** On the scale of the effect; 0 unless given. */
  readonly expectedEffect?: number
}

/** When the answer may be read. */
export type ReadingPlan =
  | { readonly method: 'fixed-horizon' }
  | {
      /** At any time; the plan is when it is likely to be read. */
      readonly method: 'always-valid'
      /** Evenly up to the planned sample, 1 to 50; 14 unless given. */
      readonly looks?: number
    }
  | {
      readonly method: 'group-sequential'
      /** Evenly up to the planned sample, 1 to 50; 5 unless given. */
      readonly looks?: number
      /** `obrien-fleming` unless given. */
      readonly spending?: SpendingName
    }

/** Units that were randomised together, and resemble each other. */
export interface Clusters {
  /** Units in a cluster, on average; ≥ 1. */
  readonly meanSize: number
  /** Standard deviation of the sizes over their mean, ≥ 0; 0 unless given. */
  readonly sizeVariation?: number
  /** In [0, 1]: share of the variance that lies between clusters. */
  readonly intraclassCorrelation: number
}

export interface Traffic {
  /** > 0 */
  readonly unitsPerDay: number
  /** Share of them that takes part, in (0, 1]; 1 unless given. */
  readonly coverage?: number
}

/** A design of which one thing is unknown: give two of `unitsPerVariant`, `minimumDetectableEffect` and `power`. */
export interface PowerQuestion {
  readonly metric: PlannedMetric
  /** In each treatment; the control has `controlRatio` times as many. At least 2. */
  readonly unitsPerVariant?: number
  /** Smallest change worth finding; below 0 for a decrease. */
  readonly minimumDetectableEffect?: number
  /** Chance to find it, in its direction; in (0, 1). */
  readonly power?: number
  /** `relative` to the baseline (0.05 is 5 % more) unless given. */
  readonly effectScale?: 'relative' | 'absolute'
  /** Which effect is sought where it is the unknown; `increase` unless given. */
  readonly direction?: 'increase' | 'decrease'
  readonly hypothesis?: Hypothesis
  /** In (0, 1), of the experiment as a whole; 0.05 unless given. */
  readonly alpha?: number
  /** 2 unless given. With 1, alpha is all on the side where the effect lies. */
  readonly sides?: 1 | 2
  /** Control included, 2 to 1000; 2 unless given. */
  readonly variants?: number
  /** How comparisons with the control share alpha; `bonferroni` unless given. */
  readonly correction?: Correction
  /** Units of the control for each of a treatment, in [0.01, 100]; 1 unless given. `optimal` is √treatments. */
  readonly controlRatio?: number | 'optimal'
  readonly plan?: ReadingPlan
  readonly clusters?: Clusters
  /** Share of the variance that a covariate explains (CUPED: squared correlation), in [0, 1); 0 unless given. */
  readonly varianceSaved?: number
  readonly traffic?: Traffic
}

export type Correction = 'bonferroni' | 'dunnett' | 'none'

export type Unknown = 'unitsPerVariant' | 'minimumDetectableEffect' | 'power'

/** Why a question has no answer. */
export type PowerProblemReason =
  | 'not-two-of-three'
  | 'out-of-range'
  | 'baseline-zero'
  | 'power-not-above-error'
  | 'effect-zero'
  | 'effect-beyond-proportion'
  | 'effect-not-reachable'
  | 'expected-effect-beyond-margin'
  | 'one-sided-always-valid'
  | 'dunnett-needs-fixed-horizon'
  | 'equivalence-needs-fixed-horizon'
  | 'too-many-units'

export interface PowerProblem {
  readonly status: 'refused'
  readonly reason: PowerProblemReason
  /** Where in the question, as a path: `metric.baseline`. */
  readonly field: string
}

export interface SolvedPower {
  readonly status: 'answered'
  readonly solvedFor: Unknown
  /** In each treatment, a whole number. */
  readonly unitsPerVariant: number
  readonly controlUnits: number
  /** In all variants together. */
  readonly units: number
  /** On the scale of the question. */
  readonly minimumDetectableEffect: number
  /** Both; relative is NaN where the baseline is 0. */
  readonly effect: { readonly relative: number; readonly absolute: number }
  /** With these units, and this effect. Above the power asked for by what rounding up to whole units brings. */
  readonly power: number
  /** Of the control, before the experiment. */
  readonly baseline: number
  /** Of one comparison and one side. */
  readonly alphaPerComparison: number
  readonly comparisons: number
  readonly correction: Correction
  readonly controlRatio: number
  /** What the plan to look more than once costs: its units over those of a single look. 1 for a single look. */
  readonly inflation: number
  /** Units per treatment when the test stops, on average, if the effect is this one. All of them for a single look. */
  readonly expectedUnitsPerVariant: number
  /** What clusters cost: their units over those of units on their own. */
  readonly designEffect: number
  readonly clustersPerVariant?: number
  readonly duration?: Duration
  /** Formula, in words. */
  readonly method: string
}

/** How long it takes until the units have come. */
export interface Duration {
  /** Whole days. */
  readonly days: number
  /** Whole weeks, so that each day of the week counts as often. */
  readonly weeks: number
}

export type PowerAnswer = SolvedPower | PowerProblem

/** A question with all that was left out, and nothing that cannot be. */
export interface CompleteQuestion extends Required<Omit<PowerQuestion, Unknown | 'clusters' | 'traffic'>> {
  readonly unitsPerVariant?: number
  readonly minimumDetectableEffect?: number
  readonly power?: number
  readonly clusters?: Required<Clusters> & { readonly designEffect: number }
  readonly traffic?: Required<Traffic>
  readonly controlRatio: number
  readonly hypothesis: Required<Hypothesis>
  readonly plan: CompletePlan
  readonly unknown: Unknown
}

export interface CompletePlan {
  readonly method: ReadingPlan['method']
  /** 1 for a fixed horizon. */
  readonly looks: number
  readonly spending: SpendingName
}
