import { type Analysis, EFFECT_SIZES_SOURCE, SEGMENTS_SOURCE, UPLIFT_SOURCE } from '@helios/engine'
import type { ExperimentFileAnalysis, Procedure } from './analyse-file.ts'
import type { Style } from './style.ts'
import { wrap } from './terminal-text.ts'

const LABEL_COLUMNS = 9

/** Name of the method, where it comes from, and what must hold for the numbers to mean what they say. */
export function renderMethod(
  procedure: Procedure | undefined,
  assumptions: readonly string[],
  besides: readonly string[],
  { colours, width }: Style,
): string[] {
  if (!procedure) return []
  const entry = (label: string, text: string) =>
    wrap(`${label.padEnd(LABEL_COLUMNS - 1)} ${text}`, width, ' '.repeat(LABEL_COLUMNS)).map(colours.dim)
  return [
    ...entry('Method', `${procedure.name}: ${procedure.title}.`),
    ...entry('Source', `${[procedure.source, ...besides].join('; ')}.`),
    ...(assumptions.length > 0 ? entry('Assumes', assumptions.join(' ')) : []),
  ]
}

/** Of all comparisons, each once; of a posterior, which has none of its own, what its data must be. */
export function assumptionsOf({
  metrics,
  isBayesian,
  uplift = [],
}: Pick<Analysis, 'metrics'> & Pick<ExperimentFileAnalysis, 'isBayesian' | 'uplift'>): string[] {
  if (isBayesian)
    return [
      'Units are independent of each other.',
      'The prior, named above, was chosen before the data were seen. A rule that stops when a chance looks good still errs more often than it seems to.',
    ]
  const comparisons = Object.values(metrics).flatMap((metric) => Object.values(metric.comparisons))
  const said = comparisons.flatMap((each) => (each.status === 'ok' ? each.assumptions : []))
  return [...new Set([...said, ...uplift.flatMap(({ assumptions }) => assumptions)])]
}

/** Sources of what was asked for besides the comparison. */
export function sourcesBesides({
  effectSizes,
  segments,
  uplift,
}: Pick<ExperimentFileAnalysis, 'effectSizes' | 'segments' | 'uplift'>): string[] {
  return [
    ...(effectSizes ? [`effect sizes: ${EFFECT_SIZES_SOURCE}`] : []),
    ...(segments ? [SEGMENTS_SOURCE] : []),
    ...(uplift ? [UPLIFT_SOURCE] : []),
  ]
}
