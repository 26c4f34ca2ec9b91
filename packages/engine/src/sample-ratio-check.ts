import type { SampleRatio, StratumCheck } from './analysis.ts'
import {
  type ChiSquareTest,
  goodnessOfFit,
  independence,
} from './statistics/hypothesis-tests/chi-square-tests.ts'

/** Counts of units per variant within the parts of something that should not matter: days, devices. */
export interface Stratification {
  readonly name: string
  readonly strata: readonly { readonly stratum: string; readonly counts: readonly number[] }[]
}

export interface SampleCounts {
  readonly variants: readonly string[]
  /** Units per variant, in their order. */
  readonly counts: readonly number[]
  /** Units that each variant was to get; any positive scale. */
  readonly expected: readonly number[]
  readonly stratifications: readonly Stratification[]
}

const WORST_STRATA_SHOWN = 5

/** Do the variants have as many units as they should, altogether and in each stratum? */
export function checkSampleRatio({ variants, counts, expected, stratifications }: SampleCounts): SampleRatio {
  const units = sum(counts)
  const scale = units === 0 ? 0 : units / sum(expected)
  const scaled = expected.map((weight) => weight * scale)
  const strata = stratifications.map((stratification) => checkStrata(stratification, variants))
  return {
    ...testFields(goodnessOfFit(counts, scaled)),
    counts: named(variants, counts),
    expected: named(variants, scaled),
    ...(strata.length > 0 ? { strata } : {}),
  }
}

/** Each stratum against the overall shares, and all of them together by a test of independence. */
function checkStrata({ name, strata }: Stratification, variants: readonly string[]): StratumCheck {
  const totals = variants.map((_, i) => sum(strata.map(({ counts }) => counts[i] ?? 0)))
  const all = sum(totals)
  const checked = strata.map(({ stratum, counts }) => {
    const size = sum(counts)
    const { pValue } = goodnessOfFit(
      counts,
      totals.map((total) => (total / all) * size),
    )
    return { stratum, counts: named(variants, counts), pValue }
  })
  return {
    name,
    strata: strata.length,
    ...testFields(independence(strata.map(({ counts }) => counts))),
    worst: checked.toSorted((a, b) => a.pValue - b.pValue).slice(0, WORST_STRATA_SHOWN),
  }
}

export function testFields({
  statistic,
  degreesOfFreedom,
  pValue,
}: ChiSquareTest): Pick<ChiSquareTest, 'statistic' | 'degreesOfFreedom' | 'pValue'> {
  return { statistic, degreesOfFreedom, pValue }
}

function named(keys: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(keys.map((key, i) => [key, values[i] ?? 0]))
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
