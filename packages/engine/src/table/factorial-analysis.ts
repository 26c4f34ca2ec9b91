import type { Correction } from '@helios/sdk'
import { HeliosError } from '../errors.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import { type AnovaTable, anova } from '../statistics/factorial/anova.ts'
import type { Cell, FactorialCells, FactorialProblem } from '../statistics/factorial/cells.ts'
import { type FactorialEffect, factorialEffects } from '../statistics/factorial/effects.ts'
import { type ChiSquareTest, sampleRatioTest } from '../statistics/hypothesis-tests/chi-square-tests.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { holm } from '../statistics/multiplicity/multiple-comparisons.ts'
import type { SummarisedExperiment } from './summarised-table.ts'
import type { TableMetric } from './table-question.ts'
import type { UnitValues } from './unit-values.ts'

/** An experiment whose units got a level of each of several factors. */
export interface FactorialAnalysis {
  /** `refused`: the combinations do not have the sizes they should; `metrics` is empty unless asked for. */
  readonly status: 'ok' | 'refused'
  /** In the order of the levels' numbers; the first is what the others are compared with. */
  readonly factors: readonly { readonly name: string; readonly levels: readonly string[] }[]
  readonly units: number
  /** Do the combinations have equal sizes? */
  readonly sampleRatio: ChiSquareTest & { readonly cells: readonly CellCount[] }
  readonly alpha: number
  readonly correction: Correction
  readonly metrics: Readonly<Record<string, FactorialMetric>>
}

export interface CellCount {
  readonly levels: readonly string[]
  readonly units: number
}

export interface FactorialMetric {
  readonly kind: 'mean' | 'count' | 'proportion'
  readonly cells: readonly (CellCount & { readonly mean: number; readonly variance: number })[]
  /** Type II: each term beyond all that do not contain it. */
  readonly anova: AnovaTable | FactorialProblem
  readonly effects: readonly NamedEffect[] | FactorialProblem
  readonly assumptions: readonly string[]
}

export interface NamedEffect extends Omit<FactorialEffect, 'levels'> {
  /** Texts of the levels that are compared with the first level of each factor. */
  readonly levels: readonly string[]
  /** By Holm, over the effects of this metric. */
  readonly pValueAdjusted: number
}

export const FACTORIAL_SOURCE =
  'analysis of variance: Yates 1934, doi:10.1080/01621459.1934.10502686; effects: Box, Hunter & Hunter 2005, chapter 5; degrees of freedom: Satterthwaite 1946, doi:10.2307/3002019'

const MOST_LEVELS = 50
const HIGHEST_ORDER = 3

export interface FactorialQuestion {
  /** Names of the label columns, in their order. */
  readonly factors: readonly string[]
  /** Level of each factor that the others are compared with; the first by name where absent. */
  readonly baselines: Readonly<Record<string, string>>
  readonly metrics: readonly TableMetric[]
  readonly alpha: number
  readonly evenIfMisleading: boolean
}

/** Throws HEL_USAGE where a column cannot be a factor or a metric has no value per unit. */
export function analyseFactors(
  { units, counts }: SummarisedExperiment,
  question: FactorialQuestion,
): FactorialAnalysis {
  if (!units) throw new Error('the units of a factorial analysis must be kept')
  const other = question.metrics.find(({ kind }) => kind === 'ratio' || kind === 'quantile')
  if (other)
    refuse(
      `a factorial analysis takes a mean, a count or a proportion, and metric ${other.name} is a ${other.kind}`,
    )
  const levels = question.factors.map((name, f) => levelsOf(units, f, name, question.baselines[name]))
  const design = { levels, names: question.factors }
  const sizes = cellsOf(units, levels, 0, false).map(({ levels: at, units: n }) => ({
    levels: at.map((level, f) => levels[f]?.texts[level] ?? ''),
    units: n,
  }))
  const sampleRatio = sampleRatioTest(
    sizes.map((cell) => cell.units),
    sizes.map(() => 1),
  )
  const isRefused = sampleRatio.pValue < DEFAULT_ANALYSIS_SETTINGS.sampleRatioAlpha
  const isShown = !isRefused || question.evenIfMisleading
  const metrics = isShown ? question.metrics : []
  return {
    status: isRefused ? 'refused' : 'ok',
    factors: question.factors.map((name, f) => ({ name, levels: levels[f]?.texts ?? [] })),
    units: counts.reduce((sum, count) => sum + count, 0),
    sampleRatio: { ...sampleRatio, cells: sizes },
    alpha: question.alpha,
    correction: 'holm',
    metrics: Object.fromEntries(
      metrics.map((metric) => [
        metric.name,
        analyseMetric(units, question.metrics.indexOf(metric), metric, design, question.alpha),
      ]),
    ),
  }
}

interface Levels {
  /** The baseline first. */
  readonly texts: readonly string[]
  /** Level of each label, by number. */
  readonly byLabel: readonly number[]
}

function levelsOf(
  { labelTexts, variants }: UnitValues,
  factor: number,
  name: string,
  baseline: string | undefined,
): Levels {
  const texts = labelTexts[factor] ?? []
  const used = new Set(variants.flatMap(({ labels }) => [...new Set(labels[factor])]))
  const present = texts.filter((_, label) => used.has(label)).sort(byName.compare)
  if (baseline !== undefined && !present.includes(baseline))
    refuse(`factor ${name} has no level "${baseline}"; its levels are ${present.slice(0, 10).join(', ')}`)
  if (present.length < 2) refuse(`factor ${name} has only one level; leave it out of --factors`)
  if (present.length > MOST_LEVELS)
    refuse(`factor ${name} has ${present.length} levels; a factor has at most ${MOST_LEVELS}`)
  const first = baseline ?? (present[0] as string)
  const ordered = [first, ...present.filter((text) => text !== first)]
  return { texts: ordered, byLabel: texts.map((text) => ordered.indexOf(text)) }
}

function analyseMetric(
  units: UnitValues,
  place: number,
  metric: TableMetric,
  { levels, names }: { readonly levels: readonly Levels[]; readonly names: readonly string[] },
  alpha: number,
): FactorialMetric {
  const kind = metric.kind as FactorialMetric['kind']
  const cells = cellsOf(units, levels, place, true)
  const design: FactorialCells = { factors: names, levels: levels.map(({ texts }) => texts.length), cells }
  const maximumOrder = Math.min(HIGHEST_ORDER, names.length)
  const effects = factorialEffects(design, {
    kind: kind === 'proportion' ? 'proportion' : 'mean',
    maximumOrder,
    alpha,
  })
  return {
    kind,
    cells: cells.map((cell) => ({
      levels: cell.levels.map((level, f) => levels[f]?.texts[level] ?? ''),
      units: cell.units,
      mean: cell.mean,
      variance: cell.variance,
    })),
    anova: anova(design, { type: 2, maximumOrder }),
    effects: typeof effects === 'string' ? effects : withNames(effects, levels),
    assumptions: [
      'Units are independent of each other, and each got its level of every factor at random.',
      'The table takes one variance for all combinations; the effects below it do not.',
      'The time of this look was fixed before the data were seen.',
    ],
  }
}

function withNames(effects: readonly FactorialEffect[], levels: readonly Levels[]): NamedEffect[] {
  const adjustedValues = holm(effects.map(({ pValue }) => pValue))
  return effects.map((effect, i) => ({
    ...effect,
    levels: effect.levels.map((level, f) => levels[effect.factors[f] as number]?.texts[level] ?? ''),
    pValueAdjusted: adjustedValues[i] as number,
  }))
}

/** @param isMeasured whether units without the metric are left out */
function cellsOf(units: UnitValues, levels: readonly Levels[], metric: number, isMeasured: boolean): Cell[] {
  const values = new Map<string, { readonly levels: readonly number[]; readonly values: number[] }>()
  for (const at of combinationsOf(levels)) values.set(at.join(','), { levels: at, values: [] })
  for (const { count, labels, metrics } of units.variants) {
    const column = metrics[metric]?.[0]
    for (let unit = 0; unit < count; unit++) {
      const value = column?.[unit] ?? Number.NaN
      if (isMeasured && Number.isNaN(value)) continue
      const at = levels.map(({ byLabel }, f) => byLabel[labels[f]?.[unit] ?? 0])
      values.get(at.join(','))?.values.push(isMeasured ? value : 0)
    }
  }
  return [...values.values()].map((cell) => ({ levels: cell.levels, ...summariseSample(cell.values) }))
}

function combinationsOf(levels: readonly Levels[]): number[][] {
  return levels.reduce<number[][]>(
    (sum, { texts }) => sum.flatMap((at) => texts.map((_, level) => [...at, level])),
    [[]],
  )
}

const byName = new Intl.Collator('en', { numeric: true })

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
