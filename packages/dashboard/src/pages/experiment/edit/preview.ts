import {
  type AnalysisSettings,
  type Condition,
  type Experiment,
  type MetricRoles,
  reallocate,
  slotsFromWeights,
} from '@helios/sdk'
import { conditionInWords } from '../../../parts/forms/condition-in-words.ts'
import { analysisChanges } from '../analysis-words.ts'
import { type Catalogue, nameOfMetric } from '../results/effects.ts'
import { movedShare, sharesOf } from '../shares.ts'
import { isolated, listed, pluralOf, shareInWords } from '../words.ts'

type Edit = Readonly<Record<string, unknown>>

export interface Preview {
  /** What saving does. */
  readonly sentences: readonly string[]
  /** What speaks against it. */
  readonly cautions: readonly string[]
}

const MOST_SHARES = 5
const MOST_CHARACTERS = 300

/** What saving an edit does to those who take part and to the numbers, before it is saved. */
export function previewOf(edit: Edit, experiment: Experiment, catalogue: Catalogue): Preview {
  const isStarted = experiment.status !== 'draft'
  const parts = [
    allocationPreview(edit, experiment, isStarted),
    coveragePreview(edit, experiment, isStarted),
    audiencePreview(edit, experiment, isStarted),
    metricsPreview(edit, experiment, catalogue, isStarted),
    dimensionsPreview(edit, isStarted),
    analysisPreview(edit, experiment, isStarted),
    wordsPreview(edit),
  ]
  return {
    sentences: parts.flatMap(({ sentences }) => sentences),
    cautions: parts.flatMap(({ cautions }) => cautions),
  }
}

const NOTHING: Preview = { sentences: [], cautions: [] }

function allocationPreview(edit: Edit, experiment: Experiment, isStarted: boolean): Preview {
  if (edit['allocation'] === undefined && edit['variants'] === undefined) return NOTHING
  const variants = (edit['variants'] ?? experiment.variants) as readonly { key: string; name?: string }[]
  const weights = weightsOf(edit['allocation'] ?? experiment.allocation, variants)
  const { slots, unit, sticky } = experiment
  const keys = variants.map(({ key }) => key)
  const next = slotsAfter(slots, keys, weights, isStarted)
  if (next === undefined) return NOTHING
  const named = variants.map(({ key, name = key }) => ({ key, name, payload: null }))
  const shares = sharesOf({ variants: named, slots: next })
    .slice(0, MOST_SHARES)
    .map(({ name, share }) => `${isolated(name)} ${shareInWords(share)}`)
  const more = variants.length > MOST_SHARES ? [`${variants.length - MOST_SHARES} more`] : []
  const divided = `Traffic is divided anew: ${listed([...shares, ...more])}.`
  const moved = isStarted ? movedShare(slots, next) : 0
  if (moved === 0) return { sentences: [divided], cautions: [] }
  return {
    sentences: [
      divided,
      `${shareInWords(moved)} of the ${pluralOf(unit)} who take part change hands, the fewest possible.`,
      sticky
        ? `Those who met a variant keep it; new ${pluralOf(unit)} follow the new shares.`
        : 'Those among them who met a variant already see another one from now on, and count in the one they met first.',
    ],
    cautions: [
      `The analysis will warn from then on: shares that change while an experiment runs weigh its days unevenly.`,
    ],
  }
}

function weightsOf(allocation: unknown, variants: readonly { readonly key: string }[]) {
  const { kind, weights } = allocation as { kind: string; weights?: Readonly<Record<string, number>> }
  if (kind === 'weighted' && weights !== undefined) return weights
  return Object.fromEntries(variants.map(({ key }) => [key, 1]))
}

/** Undefined while the weights are not such that traffic can be divided by them. */
function slotsAfter(
  slots: Experiment['slots'],
  keys: readonly string[],
  weights: Readonly<Record<string, number>>,
  isStarted: boolean,
) {
  try {
    return isStarted ? reallocate(slots, weights) : slotsFromWeights(keys, weights)
  } catch {
    return undefined
  }
}

function coveragePreview(edit: Edit, { coverage, unit, sticky }: Experiment, isStarted: boolean): Preview {
  const next = edit['coverage']
  if (typeof next !== 'number') return NOTHING
  const units = pluralOf(unit)
  if (!isStarted)
    return { sentences: [`${shareInWords(next)} of the ${units} will take part.`], cautions: [] }
  if (next > coverage) {
    return {
      sentences: [
        `Another ${shareInWords(next - coverage)} of the ${units} take part from now on; nobody changes the variant for it.`,
      ],
      cautions: [],
    }
  }
  const left = coverage === 0 ? 0 : (coverage - next) / coverage
  return {
    sentences: [
      sticky
        ? `${shareInWords(left)} of those who would take part no longer join; who met a variant already keeps it.`
        : `${shareInWords(left)} of those who take part leave and see the control from now on. What was measured of them stays.`,
    ],
    cautions: next === 0 ? ['At 0 % nobody takes part.'] : [],
  }
}

function audiencePreview(edit: Edit, { unit, sticky }: Experiment, isStarted: boolean): Preview {
  const next = edit['audience'] as Condition | null | undefined
  if (next === undefined) return NOTHING
  const words = next === null ? `all ${pluralOf(unit)}` : cut(conditionInWords(next))
  const leaving = sticky
    ? 'Who met a variant already keeps it, even if the condition no longer holds.'
    : 'Who no longer fits sees the control; what was measured stays.'
  return {
    sentences: [`Takes part from now on: ${isolated(words)}.`, ...(isStarted ? [leaving] : [])],
    cautions: [],
  }
}

function metricsPreview(
  edit: Edit,
  { metrics }: Experiment,
  catalogue: Catalogue,
  isStarted: boolean,
): Preview {
  const next = edit['metrics'] as MetricRoles | undefined
  if (next === undefined) return NOTHING
  const names = (keys: readonly string[]) => listed(keys.map((key) => isolated(nameOfMetric(catalogue, key))))
  const added = allOf(next).filter((key) => !allOf(metrics).includes(key))
  const removed = allOf(metrics).filter((key) => !allOf(next).includes(key))
  const isOtherPrimary = next.primary.join() !== metrics.primary.join()
  return {
    sentences: [
      ...(added.length > 0
        ? [`${names(added)}: computed${isStarted ? ' from all outcomes since the start' : ''}.`]
        : []),
      ...(removed.length > 0 ? [`${names(removed)}: no longer shown; the outcomes are kept.`] : []),
      ...(isOtherPrimary
        ? [`Decided by: ${next.primary.length === 0 ? 'nothing' : names(next.primary)}.`]
        : []),
    ],
    cautions: [
      ...(isOtherPrimary && isStarted
        ? ['Whoever chooses what decides after seeing numbers finds effects that are chance. Say why below.']
        : []),
      ...(next.primary.length === 0 ? ['Without a primary metric nothing decides.'] : []),
    ],
  }
}

function allOf({ primary, secondary, guardrails }: MetricRoles): readonly string[] {
  return [...primary, ...secondary, ...guardrails]
}

function dimensionsPreview(edit: Edit, isStarted: boolean): Preview {
  const next = edit['dimensions'] as readonly string[] | undefined
  if (next === undefined) return NOTHING
  const named = next.length === 0 ? 'No segments any more.' : `Segments by ${listed(next.map(isolated))}.`
  const since = isStarted && next.length > 0 ? ' New ones count for exposures from now on.' : ''
  return { sentences: [`${named}${since}`], cautions: [] }
}

function analysisPreview(edit: Edit, { analysis }: Experiment, isStarted: boolean): Preview {
  const next = edit['analysis'] as Partial<AnalysisSettings> | undefined
  if (next === undefined) return NOTHING
  const changed = analysisChanges(analysis, { ...analysis, ...next }).map(
    ({ field, after }) => `${field.charAt(0).toLowerCase()}${field.slice(1)} ${after}`,
  )
  return {
    sentences: [
      `Judged from now on with: ${listed(changed)}.${isStarted ? ' All numbers are computed anew.' : ''}`,
    ],
    cautions: isStarted
      ? ['Whoever chooses how to judge after seeing numbers finds effects that are chance. Say why below.']
      : [],
  }
}

const QUIET: Readonly<Record<string, string>> = {
  name: 'the name',
  hypothesis: 'the hypothesis',
  tags: 'the tags',
  minimumSample: 'the minimum sample',
  maximumDurationDays: 'the longest duration',
}

function wordsPreview(edit: Edit): Preview {
  const changed = Object.keys(edit).flatMap((name) => QUIET[name] ?? [])
  if (changed.length === 0) return NOTHING
  return {
    sentences: [`Nobody meets anything else for it: ${listed(changed)}.`],
    cautions: [],
  }
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
