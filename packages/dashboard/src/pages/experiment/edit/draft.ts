import type { Experiment, Json, MetricRoles } from '@helios/sdk'
import { type AnalysisDraft, analysisDraftOf, analysisInput } from '../../../parts/forms/analysis-draft.ts'
import { type AudienceDraft, audienceDraftOf, readAudience } from '../../../parts/forms/audience.ts'
import { type PayloadDraft, payloadDraftOf, readPayload } from '../../../parts/forms/payload.ts'

/** A number while it is typed; empty when nothing is. */
export type NumberDraft = number | ''

/** What can be edited, as it is typed. */
export interface EditDraft {
  readonly name: string
  readonly hypothesis: string
  readonly tags: readonly string[]
  readonly coveragePercent: NumberDraft
  readonly audience: AudienceDraft
  readonly dimensions: readonly string[]
  readonly metrics: MetricRoles
  readonly minimumSample: NumberDraft
  readonly maximumDurationDays: NumberDraft
  readonly analysis: AnalysisDraft
  readonly isWeighted: boolean
  readonly variants: readonly VariantDraft[]
  /** Id of the variant that is the control. */
  readonly control: number
}

export interface VariantDraft {
  /** Stays while the key is typed. */
  readonly id: number
  readonly key: string
  readonly name: string
  readonly payload: PayloadDraft
  /** Counts when the shares go by weight. */
  readonly weight: NumberDraft
}

export function draftOf(experiment: Experiment): EditDraft {
  const { variants, control, allocation } = experiment
  const weights = allocation.kind === 'weighted' ? allocation.weights : {}
  return {
    name: experiment.name,
    hypothesis: experiment.hypothesis,
    tags: experiment.tags,
    coveragePercent: percentOf(experiment.coverage),
    audience: audienceDraftOf(experiment.audience),
    dimensions: experiment.dimensions,
    metrics: experiment.metrics,
    minimumSample: experiment.minimumSample,
    maximumDurationDays: experiment.maximumDurationDays ?? '',
    analysis: analysisDraftOf(experiment.analysis),
    isWeighted: allocation.kind === 'weighted',
    variants: variants.map(({ key, name, payload }, id) => ({
      id,
      key,
      name,
      payload: payloadDraftOf(payload),
      weight: Object.hasOwn(weights, key) ? (weights[key] ?? 1) : 1,
    })),
    control: variants.findIndex(({ key }) => key === control),
  }
}

/** What the server is to change: the fields that differ; those that cannot be read are left out. */
export function editOf(draft: EditDraft, experiment: Experiment): Readonly<Record<string, unknown>> {
  const wanted = Object.entries(fieldsOf(draft, experiment))
  const present: Readonly<Record<string, unknown>> = fieldsOf(draftOf(experiment), experiment)
  return Object.fromEntries(
    wanted.filter(
      ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(present[name]),
    ),
  )
}

function fieldsOf(draft: EditDraft, experiment: Experiment): Readonly<Record<string, unknown>> {
  const { name, hypothesis, tags, dimensions, metrics, minimumSample, maximumDurationDays } = draft
  const audience = readAudience(draft.audience)
  return {
    name: name.trim(),
    hypothesis: hypothesis.trim(),
    tags,
    coverage: draft.coveragePercent === '' ? undefined : shareOf(draft.coveragePercent),
    audience: audience.status === 'ok' ? (audience.condition ?? null) : undefined,
    dimensions,
    metrics,
    minimumSample: minimumSample === '' ? 0 : minimumSample,
    maximumDurationDays: maximumDurationDays === '' ? null : maximumDurationDays,
    analysis: analysisInput(draft.analysis, analysisDraftOf(experiment.analysis)),
    ...allocationOf(draft, experiment),
    ...variantsOf(draft, experiment),
  }
}

/** A policy allocates by itself; its shares are not to be typed. */
function allocationOf({ isWeighted, variants }: EditDraft, { allocation }: Experiment) {
  if (allocation.kind === 'dynamic') return {}
  const weights = Object.fromEntries(variants.map(({ key, weight }) => [key, weight === '' ? 0 : weight]))
  return { allocation: isWeighted ? { kind: 'weighted', weights } : { kind: 'equal' } }
}

/** Only drafts may change their variants, and only those that no factors make. */
export function canEditVariants({ status, factors }: Experiment): boolean {
  return status === 'draft' && factors.length === 0
}

function variantsOf({ variants, control }: EditDraft, experiment: Experiment) {
  if (!canEditVariants(experiment)) return {}
  return {
    variants: variants.map(({ id, key, name, payload }) => ({
      key,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      payload: jsonOf(payload),
      ...(id === control ? { control: true } : {}),
    })),
  }
}

function jsonOf(payload: PayloadDraft): Json {
  const reading = readPayload(payload)
  return reading.status === 'ok' ? reading.payload : null
}

/**
 * The draft for the version that somebody else made meanwhile: what was typed stays, the rest is as it is
 * now.
 */
export function rebased(draft: EditDraft, base: Experiment, present: Experiment): EditDraft {
  const before: Readonly<Record<string, unknown>> = { ...draftOf(base) }
  const typed = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  const now = draftOf(present)
  const analysis = { ...now.analysis, ...analysisTyped(draft, draftOf(base)) }
  return { ...now, ...Object.fromEntries(typed), analysis }
}

/** Setting by setting: somebody else may have changed another one. */
function analysisTyped(draft: EditDraft, base: EditDraft): Partial<AnalysisDraft> {
  const before: Readonly<Record<string, unknown>> = { ...base.analysis }
  return Object.fromEntries(Object.entries(draft.analysis).filter(([name, value]) => value !== before[name]))
}

function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12))
}

function shareOf(percent: number): number {
  return Number((percent / 100).toPrecision(12))
}
