import { formatCount } from '@helios/charts/format'
import type { Metric } from '@helios/sdk'
import { needsMinimumSample } from '../../parts/forms/analysis-draft.ts'
import { readAudience } from '../../parts/forms/audience.ts'
import { conditionInWords } from '../../parts/forms/condition-in-words.ts'
import { formatShare } from '../../parts/forms/format-share.ts'
import { CORRECTIONS, METHODS } from '../../parts/method-words.ts'
import { type Draft, sharesOf } from './draft.ts'
import { shareOf } from './input.ts'
import { variantCount } from './sample-size.ts'
import type { Step } from './steps.ts'

/** One line of the review: what, and how it is. */
export interface Line {
  readonly step: Exclude<Step, 'review'>
  readonly label: string
  readonly words: string
}

/** A draft as a person would tell it, in the order of the steps. */
export function linesOf(draft: Draft, metrics: ReadonlyMap<string, Metric>): readonly Line[] {
  return [
    ...ideaLines(draft),
    ...variantLines(draft),
    ...audienceLines(draft),
    ...metricLines(draft, metrics),
    ...sizeLines(draft),
  ]
}

function ideaLines({ name, key, hypothesis, unit, tags }: Draft): readonly Line[] {
  const step = 'idea'
  return [
    { step, label: 'Name', words: name.trim() || key || 'none yet' },
    { step, label: 'Key', words: key || 'none yet' },
    { step, label: 'Hypothesis', words: hypothesis.trim() || 'none' },
    { step, label: 'Unit', words: unit },
    ...(tags.length > 0 ? [{ step, label: 'Tags', words: tags.join(', ') } as const] : []),
  ]
}

/** More would not be read. */
const MOST_NAMED = 6

function variantLines(draft: Draft): readonly Line[] {
  const step = 'variants'
  const count = variantCount(draft)
  if (draft.design === 'factors') {
    const factors = draft.factors.map(
      ({ key, levels }) => `${key} (${levels.map((level) => level.key).join(', ')})`,
    )
    return [
      {
        step,
        label: 'Variants',
        words: `${formatCount(count)} combinations of ${factors.join(' and ')}, equal shares`,
      },
    ]
  }
  const shares = sharesOf(draft)
  const named = draft.variants.slice(0, MOST_NAMED).map(({ id, key }, index) => {
    const role = id === draft.control ? ', the control' : ''
    return `${key || '(no key yet)'} ${formatShare(shares[index])}${role}`
  })
  const more = count > MOST_NAMED ? `, and ${formatCount(count - MOST_NAMED)} more` : ''
  return [{ step, label: 'Variants', words: `${formatCount(count)}: ${named.join('; ')}${more}` }]
}

function audienceLines(draft: Draft): readonly Line[] {
  const step = 'audience'
  const { layer, holdout, sticky, dimensions } = draft
  return [
    { step, label: 'Takes part', words: participantsInWords(draft) },
    ...(dimensions.length > 0 ? [{ step, label: 'Dimensions', words: dimensions.join(', ') } as const] : []),
    ...(layer.isUsed
      ? [{ step, label: 'Layer', words: `${formatShare(shareOf(layer.percent))} of ${layer.key}` } as const]
      : []),
    ...(holdout.isUsed
      ? [
          {
            step,
            label: 'Holdout',
            words: `without the ${formatShare(shareOf(holdout.percent))} of ${holdout.key}`,
          } as const,
        ]
      : []),
    ...(sticky ? [{ step, label: 'Sticky', words: 'units keep the variant they met' } as const] : []),
  ]
}

/** Who takes part, in one sentence without its verb: half of the users whose country is “DE”. */
export function participantsInWords({ audience, unit, coveragePercent }: Draft): string {
  const reading = readAudience(audience)
  if (reading.status === 'invalid') return 'an audience that is not clear yet'
  const who =
    reading.condition === undefined ? `${unit}s` : `${unit}s whose ${conditionInWords(reading.condition)}`
  return coveragePercent === 100 ? `all ${who}` : `${formatShare(shareOf(coveragePercent))} of all ${who}`
}

function metricLines({ metrics }: Draft, known: ReadonlyMap<string, Metric>): readonly Line[] {
  const step = 'metrics'
  const words = (keys: readonly string[]) =>
    keys.map((key) => `${known.get(key)?.name ?? key}${wayOf(known.get(key))}`).join(', ')
  return [
    { step, label: 'Primary metrics', words: words(metrics.primary) || 'none' },
    ...(metrics.secondary.length > 0
      ? [{ step, label: 'Secondary metrics', words: words(metrics.secondary) } as const]
      : []),
    ...(metrics.guardrails.length > 0
      ? [{ step, label: 'Guardrails', words: words(metrics.guardrails) } as const]
      : []),
  ]
}

function wayOf(metric: Metric | undefined): string {
  if (metric === undefined) return ''
  return metric.direction === 'increase' ? ' (more is better)' : ' (less is better)'
}

function sizeLines({ minimumSample, maximumDurationDays, size, analysis }: Draft): readonly Line[] {
  const step = 'size'
  return [
    { step, label: 'Error rate', words: `${formatShare(shareOf(size.alphaPercent))} (alpha)` },
    {
      step,
      label: 'Minimum sample',
      words: minimumSample === '' ? 'none' : `${formatCount(minimumSample)} units per variant`,
    },
    ...(maximumDurationDays === ''
      ? []
      : [{ step, label: 'Maximum duration', words: `${maximumDurationDays} days` } as const]),
    { step, label: 'Analysis', words: analysisInWords(analysis) },
  ]
}

function analysisInWords({ method, looks, correction, minimumDurationDays }: Draft['analysis']): string {
  const { name, when } = METHODS[method]
  const read = method === 'group-sequential' ? `${looks} planned looks` : when
  const wait =
    minimumDurationDays === '' || minimumDurationDays === 0
      ? ''
      : `; nothing is concluded before ${minimumDurationDays} days`
  return `${name}: ${read}; correction ${CORRECTIONS[correction].name}${wait}`
}

/** What is allowed and still worth a second thought. */
export function cautionsOf(draft: Draft): readonly string[] {
  const { metrics, hypothesis, minimumSample, analysis, maximumDurationDays } = draft
  const cautions: string[] = []
  if (metrics.primary.length === 0) {
    cautions.push('There is no primary metric: nothing will say which variant is better.')
  }
  if (hypothesis.trim() === '') {
    cautions.push('There is no hypothesis: later nobody will know what was expected.')
  }
  if (minimumSample === '' || minimumSample === 0) {
    cautions.push(
      needsMinimumSample(analysis)
        ? `There is no minimum sample, at which ${METHODS[analysis.method].name.toLowerCase()} reads its numbers: nothing can be concluded before the end.`
        : 'There is no minimum sample: the answer will never be called preliminary.',
    )
  }
  const least = analysis.minimumDurationDays
  if (maximumDurationDays !== '' && least !== '' && maximumDurationDays < least) {
    cautions.push(
      `The maximum duration of ${maximumDurationDays} days is over before the minimum duration of ${least} days.`,
    )
  }
  if (draft.coveragePercent === 0) cautions.push('The coverage is 0: nobody takes part.')
  return cautions
}

/** What happens from the moment of the start. */
export function startInWords(draft: Draft): string {
  return `Once started, ${participantsInWords(draft)} are assigned. Variants, unit, layer and holdout cannot be changed after that; name, coverage, metrics and shares can.`
}
