import {
  formatEstimate,
  type NumberStyle,
  PERCENT,
  PLAIN,
  styleOfDifference,
  styleOfMetric,
} from '@helios/charts/format'
import type { ExperimentSummary, Metric } from '@helios/sdk'

export interface LeadingInWords {
  readonly variant: string
  readonly metric: string
  readonly verdict: 'better' | 'worse' | 'not decided'
  /** +3.1 % [1.2, 5.0] */
  readonly effect: string
  /** How the numbers were obtained. */
  readonly method: string
}

/** The clearest comparison of an experiment, told; undefined while there is none. */
export function leadingInWords(
  leading: ExperimentSummary['leading'],
  metric: Metric | undefined,
): LeadingInWords | undefined {
  if (leading === undefined) return undefined
  const { absolute, relative } = leading
  const [effect, style] = relative === null ? [absolute, differenceStyle(metric)] : [relative, PERCENT]
  return {
    variant: leading.variantName,
    metric: metric?.name ?? leading.metric,
    verdict: verdictOf(leading),
    effect: formatEstimate(effect, style),
    method: methodOf(leading),
  }
}

function differenceStyle(metric: Metric | undefined): NumberStyle {
  return metric === undefined ? PLAIN : styleOfDifference(styleOfMetric(metric))
}

type Leading = NonNullable<ExperimentSummary['leading']>

function verdictOf({ isSignificant, absolute, direction }: Leading): LeadingInWords['verdict'] {
  if (!isSignificant) return 'not decided'
  return absolute.estimate > 0 === (direction === 'increase') ? 'better' : 'worse'
}

function methodOf({ method, relative, direction }: Leading): string {
  const scale =
    relative === null ? 'Difference from the control' : 'Difference from the control, relative to it'
  const way = direction === 'increase' ? 'more is better' : 'less is better'
  return `${scale}, with its confidence interval; ${way}. Method: ${method}. Decided when the p-value, adjusted for the number of comparisons, is below the experiment’s alpha.`
}
