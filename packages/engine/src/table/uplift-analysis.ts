import { HeliosError } from '../errors.ts'
import type { Covariate } from '../statistics/heterogeneity/features.ts'
import {
  type UpliftAnalysis,
  type UpliftProblem,
  upliftAnalysis,
} from '../statistics/heterogeneity/uplift.ts'
import { anyDecimal } from './decimal.ts'
import type { SummarisedExperiment } from './summarised-table.ts'
import type { TableMetric } from './table-question.ts'
import type { UnitValues } from './unit-values.ts'

/** Whom a variant helps more, by metric and variant. */
export interface TableUplift {
  readonly metric: string
  readonly variant: string
  readonly learner: 'T' | 'X'
  readonly folds: number
  readonly columns: readonly { readonly name: string; readonly kind: Covariate['kind'] }[]
  readonly result: Omit<UpliftAnalysis, 'model' | 'predictions' | 'evaluated'> | UpliftProblem
  readonly assumptions: readonly string[]
}

export const UPLIFT_SOURCE =
  'learners: Künzel, Sekhon, Bickel & Yu 2019, doi:10.1073/pnas.1804597116; cross-fitting: Chernozhukov et al. 2018, doi:10.1111/ectj.12097; Qini curve: Radcliffe 2007'

export interface TableUpliftQuestion {
  /** Names and places of the label columns to predict by. */
  readonly columns: readonly { readonly name: string; readonly label: number }[]
  readonly learner: 'T' | 'X'
  readonly control: string
  readonly metrics: readonly TableMetric[]
  readonly alpha: number
  readonly seed: number
}

const FOLDS = 5
/** Ridge penalty on standardised features: as much as one unit's worth of prior knowledge. */
const PENALTY = 1

const ASSUMPTIONS = [
  'Units are independent of each other, and were assigned at random.',
  'The columns were fixed before a unit met its variant.',
  'Each unit is predicted by a model that did not see it; the interval of the Qini coefficient is about these predictions, not about another run of the learner.',
]

/** Throws HEL_USAGE for ratios and quantiles. Needs the units kept. */
export function upliftOfTable(
  { units, variants }: SummarisedExperiment,
  question: TableUpliftQuestion,
): TableUplift[] {
  if (!units) return []
  const { control, metrics, learner } = question
  const other = metrics.find(({ kind }) => kind === 'ratio' || kind === 'quantile')
  if (other)
    throw new HeliosError('HEL_USAGE', {
      problem: `--uplift takes a mean, a count or a proportion, and metric ${other.name} is a ${other.kind}`,
    })
  const base = variants.indexOf(control)
  return metrics.flatMap((metric, place) =>
    variants.flatMap((variant, v): TableUplift[] => {
      if (v === base) return []
      const { covariates, treated, outcomes } = dataOf(units, place, [base, v], question.columns)
      const result = upliftAnalysis(
        { covariates, treated, outcomes },
        {
          learner,
          outcome: metric.kind === 'proportion' ? 'proportion' : 'mean',
          penalty: PENALTY,
          evaluation: { kind: 'cross-fit', folds: FOLDS },
          alpha: question.alpha,
          seed: question.seed,
        },
      )
      const columns = covariates.map(({ name, kind }) => ({ name, kind }))
      const shared = {
        metric: metric.name,
        variant,
        learner,
        folds: FOLDS,
        columns,
        assumptions: ASSUMPTIONS,
      }
      if (typeof result === 'string') return [{ ...shared, result }]
      const { averageEffect, qini, bins } = result
      return [{ ...shared, result: { averageEffect, qini, bins } }]
    }),
  )
}

function dataOf(
  units: UnitValues,
  metric: number,
  arms: readonly [control: number, treatment: number],
  columns: TableUpliftQuestion['columns'],
) {
  const treated: number[] = []
  const outcomes: number[] = []
  const texts: string[][] = columns.map(() => [])
  for (const [arm, v] of arms.entries()) {
    const { count = 0, metrics = [], labels = [] } = units.variants[v] ?? {}
    for (let unit = 0; unit < count; unit++) {
      const outcome = metrics[metric]?.[0]?.[unit] ?? Number.NaN
      if (Number.isNaN(outcome)) continue
      treated.push(arm)
      outcomes.push(outcome)
      for (const [c, { label }] of columns.entries())
        texts[c]?.push(units.labelTexts[label]?.[labels[label]?.[unit] ?? 0] ?? '')
    }
  }
  return {
    treated,
    outcomes,
    covariates: columns.map(({ name }, c) => covariateOf(name, texts[c] as string[])),
  }
}

const MISSING = /^(?:|na|nan|null)$/i

/** A column of numbers where every text is one or missing, else of categories. */
function covariateOf(name: string, texts: readonly string[]): Covariate {
  const distinct = new Map([...new Set(texts)].map((text) => [text, anyDecimal(text)]))
  const isNumber = [...distinct].every(([text, value]) => MISSING.test(text) || !Number.isNaN(value))
  if (!isNumber || distinct.size < 3) return { name, kind: 'category', values: texts }
  return { name, kind: 'number', values: texts.map((text) => distinct.get(text) ?? Number.NaN) }
}
