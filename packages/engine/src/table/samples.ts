import type { MetricSummary } from '../estimator.ts'
import type { Sample } from '../sample-test.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { criticalValue } from '../statistics/intervals/proportion-intervals.ts'
import { quantileEstimate, sorted } from '../statistics/metrics/sample-quantile.ts'
import { winsorise, winsorisingLimits } from '../statistics/metrics/winsorise.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { jointSummary } from '../statistics/moments/joint-summary.ts'
import type { TableMetric } from './table-question.ts'
import type { UnitValues, VariantUnits } from './unit-values.ts'

/** How the values of units become samples. */
export interface SampleShape {
  /** Share of units capped on either side, in [0, 0.5). */
  readonly winsorise?: number
  /** Places of the label columns whose combinations are the strata. */
  readonly strata?: readonly number[]
}

export interface MetricSamples {
  /** One per variant. */
  readonly samples: readonly Sample[]
  /** Units of all variants without a covariate, for which its mean stands in. */
  readonly unitsWithoutCovariate: number
  /** Values beyond these were moved to them. */
  readonly limits?: { readonly low: number; readonly high: number }
}

/** Which units count: by variant and place; all when absent. */
export type UnitFilter = (variant: number, unit: number) => boolean

/** The units that have a metric, with what was known of them. */
export function samplesOf(
  { variants, labelTexts }: UnitValues,
  metric: number,
  shape: SampleShape = {},
  counts: UnitFilter = () => true,
): MetricSamples {
  const places = variants.map((units, variant) => placesWith(units, metric, (unit) => counts(variant, unit)))
  const covariates = filledCovariates(variants, places)
  const { winsorise: share = 0, strata } = shape
  const values = variants.map(({ metrics }, v) => pick(metrics[metric]?.[0], places[v] as Uint32Array))
  const limits = share > 0 ? winsorisingLimits(values, share, 1 - share) : undefined
  const numbers = new Map<number, number>()
  const samples = variants.map((units, v): Sample => {
    const at = places[v] as Uint32Array
    const denominators = units.metrics[metric]?.[1]
    const own = values[v] as Float64Array
    return {
      values: limits ? own.map((value) => winsorise(value, limits)) : own,
      ...(denominators ? { denominators: pick(denominators, at) } : {}),
      covariates: covariates.columns[v] as Float64Array[],
      ...(strata ? { strata: crossed(units, at, { strata, labelTexts, numbers }) } : {}),
    }
  })
  return { samples, unitsWithoutCovariate: covariates.missing, ...(limits ? { limits } : {}) }
}

/** Sufficient statistics of a sample, with those of its covariates; for a quantile, its estimate and variance × units. */
export function summaryOf(sample: Sample, metric: TableMetric, alpha: number): MetricSummary {
  if (metric.kind === 'quantile') return quantileSummary(sample, metric.level ?? 0.5, alpha)
  const { values, denominators, covariates } = sample
  const columns = [values, ...(denominators ? [denominators] : []), ...covariates]
  const moments = new CrossMoments(1, columns.length)
  const vector = new Float64Array(columns.length)
  for (let unit = 0; unit < values.length; unit++) {
    for (const [i, column] of columns.entries()) vector[i] = column[unit] as number
    moments.add(0, vector, 1)
  }
  return jointSummary(moments.summary(0), denominators ? 2 : 1)
}

function quantileSummary({ values }: Sample, level: number, alpha: number): MetricSummary {
  const { value, low, high } = quantileEstimate(sorted(values), level, alpha)
  const standardError = (high - low) / (2 * criticalValue(alpha))
  const units = values.length
  return { units, mean: [value], covariance: [[standardError ** 2 * units]] }
}

function placesWith(units: VariantUnits, metric: number, counts: (unit: number) => boolean): Uint32Array {
  const columns = units.metrics[metric] ?? []
  const places = new Uint32Array(units.count)
  let found = 0
  for (let unit = 0; unit < units.count; unit++) {
    if (counts(unit) && columns.every((column) => !Number.isNaN(column[unit]))) places[found++] = unit
  }
  return places.subarray(0, found)
}

function pick(column: Float64Array = new Float64Array(0), places: Uint32Array): Float64Array {
  return Float64Array.from(places, (place) => column[place] as number)
}

/**
 * Covariates with the mean over all units in the place of missing ones: as valid as the covariate itself, since what was
 * known before has nothing to do with the variant (Zhao & Ding 2022, doi:10.1080/01621459.2022.2123814).
 */
function filledCovariates(variants: readonly VariantUnits[], places: readonly Uint32Array[]) {
  const names = variants[0]?.covariates ?? []
  let missing = 0
  const columns: Float64Array[][] = variants.map(() => [])
  for (const j of names.keys()) {
    const picked = variants.map(({ covariates }, v) => pick(covariates[j], places[v] as Uint32Array))
    const known = picked.flatMap((column) => Array.from(column.filter((value) => !Number.isNaN(value))))
    const { mean } = summariseSample(known)
    for (const [v, column] of picked.entries()) {
      missing += column.length - column.filter((value) => !Number.isNaN(value)).length
      ;(columns[v] as Float64Array[]).push(
        column.map((value) => (Number.isNaN(value) ? (Number.isNaN(mean) ? 0 : mean) : value)),
      )
    }
  }
  return { columns, missing }
}

interface Crossing {
  readonly strata: readonly number[]
  readonly labelTexts: readonly (readonly string[])[]
  /** Combinations seen so far, in any variant. */
  readonly numbers: Map<number, number>
}

/** One number for each combination of labels, from 0. */
function crossed({ labels }: VariantUnits, places: Uint32Array, crossing: Crossing): Uint32Array {
  const { strata, labelTexts, numbers } = crossing
  return Uint32Array.from(places, (place) => {
    const combination = strata.reduce(
      (sum, label) => sum * (labelTexts[label]?.length ?? 1) + (labels[label]?.[place] ?? 0),
      0,
    )
    const known = numbers.get(combination) ?? numbers.size
    numbers.set(combination, known)
    return known
  })
}
