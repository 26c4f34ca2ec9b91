import { formatCount, formatTime } from '@helios/charts'
import type { Correction, InferenceMethod } from '@helios/sdk'
import type { Block, Cell, Section } from '../blocks.ts'
import type { UsedMethod } from '../computation.ts'
import type { Report } from '../report.ts'
import { listed, type Names, pluralOf, share } from '../words.ts'

const WHEN: Readonly<Record<InferenceMethod, string>> = {
  'always-valid':
    'Always valid: the numbers may be read at any time and as often as wanted. Looking early or often does not raise the rate of errors; the price are intervals a little wider than those of a single look.',
  'mixture-sprt':
    'Mixture sequential probability ratio test: the numbers may be read at any time and as often as wanted, and the rate of errors stays what it is.',
  'group-sequential':
    'Group sequential: the numbers are read at a few looks that were planned before, and each look spends a part of the rate of errors.',
  'fixed-horizon':
    'Fixed horizon: the numbers are read once, when the planned sample is there. Each further look raises the rate of errors.',
}

const CORRECTIONS: Readonly<Record<Correction, string>> = {
  holm: 'Holm’s method, which keeps the chance of any false finding below alpha',
  bonferroni: 'Bonferroni’s method, which keeps the chance of any false finding below alpha',
  hochberg: 'Hochberg’s method, which keeps the chance of any false finding below alpha',
  'benjamini-hochberg':
    'Benjamini and Hochberg’s method, which keeps the share of false ones among the findings below alpha',
  'benjamini-yekutieli':
    'Benjamini and Yekutieli’s method, which keeps the share of false ones among the findings below alpha, however they depend on each other',
  dunnett: 'Dunnett’s method for many treatments against one control',
  none: 'nothing',
}

export function correctionInWords(method: Correction, comparisons: number): string {
  if (comparisons < 2) return 'There is one comparison, so its p-value needs no adjustment.'
  if (method === 'none')
    return `The p-values of the ${formatCount(comparisons)} comparisons are not adjusted for their number.`
  return `The p-values of the ${formatCount(comparisons)} comparisons are adjusted by ${CORRECTIONS[method]}.`
}

/** How everything was computed, for those who want to do it again. */
export function methodsSection(report: Report, names: Names): Section {
  const { computation, posteriors, generatedAt, timeZone, release, experiment, status } = report
  const { method, alpha, correction, sampleRatioAlpha, guardrailMargin, estimators } = computation
  const { guardrails } = experiment.metrics
  const items = [
    WHEN[method],
    `Alpha is ${alpha}: intervals hold with ${share(1 - alpha)} confidence. A difference counts as found where its adjusted p-value is below alpha.`,
    ...(correction.comparisons > 0
      ? [`Primary metrics: ${correctionInWords(correction.method, correction.comparisons)}`]
      : []),
    `Every number counts ${pluralOf(experiment.unit)}, never events; each belongs to the variant that it met first.`,
    `The numbers are kept back where the units per variant do not fit the intended shares (p below ${sampleRatioAlpha}), or where more than ${share(experiment.analysis.crossoverShare)} of the units met more than one variant.`,
    ...(guardrails.length > 0
      ? [
          `A guardrail holds when it is worse by less than ${share(guardrailMargin)} of the control, beyond doubt; it is harmed when it is worse beyond doubt.`,
        ]
      : []),
    ...(posteriors.length > 0
      ? [
          `Relative effects are expected to be about ${share(computation.priorDeviation)} in size or less (one standard deviation), where a model needs an expectation; those below ${share(computation.practicalEquivalence)} are of no practical importance.`,
        ]
      : []),
  ]
  const source = `Computed by Helios ${release} on ${formatTime(generatedAt)}; times and days are those of ${timeZone}.`
  return {
    id: 'methods',
    title: 'How this was computed',
    blocks: [
      { kind: 'list', items: status === 'empty' ? items.slice(0, 2) : items },
      ...(estimators.length === 0 ? [] : [assumptionsTable(estimators, names)]),
      { kind: 'paragraph', text: source },
    ],
  }
}

function assumptionsTable(estimators: readonly UsedMethod[], names: Names): Block {
  return {
    kind: 'table',
    caption: 'Statistical methods and what must hold for them',
    columns: ['Method', 'Metrics', 'Holds if'],
    rows: estimators.map(({ method, metrics, assumptions, varianceReduction }): Cell[] => [
      varianceReduction === undefined
        ? method
        : `${method} (${varianceReduction.method} saves ${share(Math.round(varianceReduction.varianceSaved * 100) / 100)} of the variance)`,
      listed(metrics.map(names.metric)),
      assumptions.join(' '),
    ]),
  }
}
