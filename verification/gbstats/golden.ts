import { readFileSync } from 'node:fs'

/**
 * Values that GrowthBook's statistics engine (gbstats) gives for inputs of its own, as their file holds them. Names of
 * fields are theirs.
 */
export interface Golden {
  readonly tests: readonly EffectCase[]
  readonly srm: readonly SampleRatioCase[]
  readonly mid_experiment_power: readonly PowerCase[]
  readonly bandits: readonly BanditCase[]
}

/** Sums over units. Without sum of squares the units are 0 or 1. */
export interface Sums {
  readonly n: number
  readonly sum: number
  readonly sum_squares?: number
}

export interface RatioSums {
  readonly n: number
  readonly m_statistic: Sums
  readonly d_statistic: Sums
  readonly m_d_sum_of_products: number
}

/** An outcome (post) and the same before the experiment (pre). */
export interface AdjustedSums {
  readonly n: number
  readonly post_statistic: Sums
  readonly pre_statistic: Sums
  readonly post_pre_sum_of_products: number
}

/** Numerator (m) and denominator (d) of a ratio, in the experiment (post) and before it (pre). */
export interface AdjustedRatioSums {
  readonly n: number
  readonly m_statistic_post: Sums
  readonly d_statistic_post: Sums
  readonly m_statistic_pre: Sums
  readonly d_statistic_pre: Sums
  readonly m_post_m_pre_sum_of_products: number
  readonly d_post_d_pre_sum_of_products: number
  readonly m_pre_d_pre_sum_of_products: number
  readonly m_post_d_post_sum_of_products: number
  readonly m_post_d_pre_sum_of_products: number
  readonly m_pre_d_post_sum_of_products: number
}

/** A quantile with its 95 % interval, both from `n_star` of the n values. */
export interface QuantileSums {
  readonly n: number
  readonly n_star: number
  readonly nu: number
  readonly quantile_hat: number
  readonly quantile_lower: number
  readonly quantile_upper: number
}

/** Two variants of one kind of metric. */
export type TwoVariants =
  | { readonly statistic: 'mean' | 'proportion'; readonly a: Sums; readonly b: Sums }
  | { readonly statistic: 'ratio'; readonly a: RatioSums; readonly b: RatioSums }
  | {
      readonly statistic: 'cuped_mean' | 'cuped_proportion'
      readonly a: AdjustedSums
      readonly b: AdjustedSums
    }
  | { readonly statistic: 'cuped_ratio'; readonly a: AdjustedRatioSums; readonly b: AdjustedRatioSums }
  | { readonly statistic: 'quantile'; readonly a: QuantileSums; readonly b: QuantileSums }

export interface EffectConfig {
  readonly difference_type: 'relative' | 'absolute'
  readonly alpha: number
  readonly test_value?: number
  readonly sequential_tuning_parameter?: number
  readonly inverse?: boolean
  readonly prior_type?: 'relative' | 'absolute'
  readonly prior_effect?: Prior
}

export interface Prior {
  readonly mean: number
  readonly variance: number
  readonly proper: boolean
}

/** One comparison of a treatment (b) with a control (a). */
export type EffectCase = TwoVariants & {
  readonly test: string
  readonly config: EffectConfig
  readonly result: { readonly errorMessage: string | null } & Readonly<Record<string, unknown>>
}

export interface SampleRatioCase {
  readonly users: readonly number[]
  readonly weights: readonly number[]
  readonly p: number
}

export interface PowerCase {
  readonly a: Sums
  readonly b: Sums
  readonly moments: { readonly standard_error: number; readonly pairwise_sample_size: number }
  readonly config: {
    readonly target_power: number
    readonly target_mde: number
    readonly num_goal_metrics: number
    readonly num_variations: number
    readonly prior_effect: Prior | null
    readonly p_value_corrected: boolean
    readonly sequential: boolean
    readonly sequential_tuning_parameter: number
  }
  readonly result: { readonly additional_users: number | null; readonly scaling_factor: number | null }
}

export interface BanditCase {
  readonly stats: readonly Sums[]
  readonly result: {
    readonly users: readonly number[]
    readonly cr: readonly number[]
    readonly ci: readonly (readonly [number, number])[]
    readonly bandit_weights: readonly number[] | null
    readonly best_arm_probabilities: readonly number[]
  }
}

/** As the file is called. */
export const GOLDEN_FILE = 'golden.json'

const FAMILIES = ['tests', 'srm', 'mid_experiment_power', 'bandits'] as const

/** What the file holds; undefined where it is no file of this kind. */
export function readGolden(file: string): Golden | undefined {
  const content = parsed(file)
  if (typeof content !== 'object' || content === null || !FAMILIES.some((family) => family in content))
    return undefined
  const lists = FAMILIES.map((family) => [family, (content as Partial<Golden>)[family] ?? []] as const)
  return lists.every(([, list]) => Array.isArray(list))
    ? (Object.fromEntries(lists) as unknown as Golden)
    : undefined
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
