import type { Cohort } from './experiment-tally.ts'
import type { RowMetric } from './row-metric.ts'
import type { UnitFacts } from './unit-facts.ts'
import type { KeptUnits } from './unit-sinks.ts'

/** The units of a table one by one. */
export interface UnitValues {
  /** In the order of the variants. */
  readonly variants: readonly VariantUnits[]
  /** Texts of each label column, by number. */
  readonly labelTexts: readonly (readonly string[])[]
}

/** Units of one variant, in the order in which they were first seen; each at the same place in every column. */
export interface VariantUnits {
  readonly count: number
  /** By metric and component (numerator and denominator of a ratio); NaN where a unit lacks the metric. */
  readonly metrics: readonly (readonly Float64Array[])[]
  /** NaN where it is missing. */
  readonly covariates: readonly Float64Array[]
  readonly labels: readonly Uint32Array[]
}

export function gatherUnits(
  units: KeptUnits,
  facts: UnitFacts,
  metrics: readonly RowMetric[],
  ordered: readonly Cohort[],
): UnitValues {
  const sizes = new Map<number, number>()
  for (let unit = 0; unit < units.count; unit++) {
    const group = units.groupOf(unit)
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
  }
  const variants = ordered.map(({ group }) => emptyUnits(sizes.get(group) ?? 0, metrics, facts))
  const places = new Map(ordered.map(({ group }, place) => [group, place]))
  const filled = ordered.map(() => 0)
  for (let unit = 0; unit < units.count; unit++) {
    const place = places.get(units.groupOf(unit))
    if (place === undefined) continue
    const at = filled[place] as number
    filled[place] = at + 1
    const { metrics: values, covariates, labels } = variants[place] as VariantUnits
    for (const [m, components] of values.entries())
      for (const [i, column] of components.entries()) column[at] = units.valueOf(unit, m, i)
    for (const [j, column] of covariates.entries()) column[at] = facts.covariateOf(unit, j)
    for (const [j, column] of labels.entries()) column[at] = facts.labelOf(unit, j)
  }
  const labelTexts = Array.from({ length: facts.labels }, (_, label) => facts.textsOf(label))
  return { variants, labelTexts }
}

function emptyUnits(count: number, metrics: readonly RowMetric[], facts: UnitFacts): VariantUnits {
  return {
    count,
    metrics: metrics.map(({ components }) =>
      Array.from({ length: components }, () => new Float64Array(count)),
    ),
    covariates: Array.from({ length: facts.covariates }, () => new Float64Array(count)),
    labels: Array.from({ length: facts.labels }, () => new Uint32Array(count)),
  }
}
