import type { Analysis, Finding } from '../analysis.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import { benjaminiHochberg, bonferroni, holm } from '../statistics/multiplicity/multiple-comparisons.ts'
import { analyseSummarised, type TableAnalysisSettings, whyNotComparable } from './analyse-table.ts'
import type { SummarisedTable } from './summarised-table.ts'
import type { TableQuestion } from './table-question.ts'

export interface NamedAnalysis extends Analysis {
  readonly experiment: string
}

/** How many of many experiments found something, and how many would have by chance alone. */
export interface ExperimentsSummary {
  readonly experiments: number
  /** Those that could be analysed … */
  readonly analysed: number
  /** … of which refused as misleading; their metrics do not count below unless asked for. */
  readonly refused: number
  /** Those whose sample sizes depart from the intended shares with p below `sampleRatioAlpha`. */
  readonly sampleRatioFailures: number
  readonly sampleRatioAlpha: number
  readonly alpha: number
  readonly metrics: Readonly<Record<string, ManyTests>>
  readonly notAnalysed: readonly { readonly experiment: string; readonly reason: string }[]
  readonly warnings: readonly Finding[]
}

/** One omnibus test per experiment (do any of its variants differ?), taken together. */
export interface ManyTests {
  readonly method: string
  /** Experiments whose omnibus test could be computed. */
  readonly tested: number
  readonly belowAlpha: number
  /** Experiments that remain at level alpha after each correction for their number. */
  readonly discoveries: {
    readonly benjaminiHochberg: number
    readonly holm: number
    readonly bonferroni: number
  }
}

export interface ExperimentsAnalysis {
  readonly experiments: readonly NamedAnalysis[]
  readonly summary: ExperimentsSummary
}

/** Analyses each experiment of a table, and sums up over all. Order: of first appearance. */
export function analyseExperiments(
  table: SummarisedTable,
  question: TableQuestion,
  settings: TableAnalysisSettings,
): ExperimentsAnalysis {
  const experiments: NamedAnalysis[] = []
  const notAnalysed: { experiment: string; reason: string }[] = []
  // Of thousands of experiments nobody reads posteriors, and each costs milliseconds.
  const quick = { ...settings, posteriors: [] }
  for (const experiment of table.experiments) {
    const reason = whyNotComparable(experiment, question)
    if (reason) notAnalysed.push({ experiment: experiment.name, reason })
    else experiments.push({ experiment: experiment.name, ...analyseSummarised(experiment, question, quick) })
  }
  const { sampleRatioAlpha } = DEFAULT_ANALYSIS_SETTINGS
  const summary: ExperimentsSummary = {
    experiments: table.experiments.length,
    analysed: experiments.length,
    refused: experiments.filter(({ status }) => status === 'refused').length,
    sampleRatioFailures: experiments.filter(({ sampleRatio }) => sampleRatio.pValue < sampleRatioAlpha)
      .length,
    sampleRatioAlpha,
    alpha: settings.alpha,
    metrics: summariseMetrics(experiments, question, settings.alpha),
    notAnalysed,
    warnings: table.findings,
  }
  return { experiments, summary }
}

/** Only proportions have an omnibus test. */
function summariseMetrics(
  experiments: readonly NamedAnalysis[],
  { metrics }: TableQuestion,
  alpha: number,
): Record<string, ManyTests> {
  const proportions = metrics.filter(({ kind }) => kind === 'proportion')
  return Object.fromEntries(
    proportions.map(({ name }) => {
      const tests = experiments.flatMap((experiment) => experiment.metrics[name]?.omnibus ?? [])
      const pValues = tests.map(({ pValue }) => pValue).filter((pValue) => !Number.isNaN(pValue))
      return [name, { method: "Pearson's chi-square, all variants", ...countDiscoveries(pValues, alpha) }]
    }),
  )
}

function countDiscoveries(pValues: readonly number[], alpha: number): Omit<ManyTests, 'method'> {
  const below = (values: readonly number[]) => values.filter((value) => value < alpha).length
  const atMost = (values: readonly number[]) => values.filter((value) => value <= alpha).length
  return {
    tested: pValues.length,
    belowAlpha: below(pValues),
    discoveries: {
      benjaminiHochberg: atMost(benjaminiHochberg(pValues)),
      holm: atMost(holm(pValues)),
      bonferroni: atMost(bonferroni(pValues)),
    },
  }
}
