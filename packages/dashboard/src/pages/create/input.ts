import type { Json } from '@helios/sdk'
import { analysisInput } from '../../parts/forms/analysis-draft.ts'
import { readAudience } from '../../parts/forms/audience.ts'
import { readPayload } from '../../parts/forms/payload.ts'
import type { Draft, FactorDraft, NumberDraft, ShareDraft, VariantDraft } from './draft.ts'

/** What the server takes as one request. */
export const LARGEST_BODY_BYTES = 1_048_576

/**
 * The body of the request that creates the experiment: only what differs from the server's defaults. Meant
 * for a draft without problems; what cannot be read is left out.
 */
export function inputOf(draft: Draft): Readonly<Record<string, unknown>> {
  const { name, hypothesis, tags, unit, dimensions, sticky, metrics } = draft
  const audience = readAudience(draft.audience)
  const coverage = shareOf(draft.coveragePercent)
  const alpha = shareOf(draft.size.alphaPercent)
  const analysis = {
    ...(alpha === undefined || alpha === 0.05 ? {} : { alpha }),
    ...analysisInput(draft.analysis),
  }
  return {
    key: draft.key,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(hypothesis.trim() === '' ? {} : { hypothesis: hypothesis.trim() }),
    unit,
    ...(tags.length === 0 ? {} : { tags }),
    ...(draft.design === 'factors' ? { factors: draft.factors.map(factorInput) } : variantsInput(draft)),
    ...(audience.status === 'ok' && audience.condition ? { audience: audience.condition } : {}),
    ...(coverage === undefined || coverage === 1 ? {} : { coverage }),
    ...shareInput('layer', draft.layer),
    ...shareInput('holdout', draft.holdout),
    ...(sticky ? { sticky } : {}),
    ...(dimensions.length === 0 ? {} : { dimensions }),
    metrics,
    ...(Object.keys(analysis).length === 0 ? {} : { analysis }),
    ...(draft.minimumSample === '' ? {} : { minimumSample: draft.minimumSample }),
    ...(draft.maximumDurationDays === '' ? {} : { maximumDurationDays: draft.maximumDurationDays }),
  }
}

function variantsInput({ variants, control, isWeighted }: Draft): Readonly<Record<string, unknown>> {
  const weights = Object.fromEntries(variants.map(({ key, weight }) => [key, Number(weight)]))
  return {
    variants: variants.map((variant) => variantInput(variant, variant.id === control)),
    ...(isWeighted ? { allocation: { kind: 'weighted', weights } } : {}),
  }
}

function variantInput({ key, name, payload }: VariantDraft, isControl: boolean) {
  const reading = readPayload(payload)
  const given: Json = reading.status === 'ok' ? reading.payload : null
  return {
    key,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(given === null ? {} : { payload: given }),
    ...(isControl ? { control: true } : {}),
  }
}

function factorInput({ key, levels, control }: FactorDraft) {
  return {
    key,
    levels: levels.map((level) => {
      const reading = readPayload(level.payload)
      const hasPayload = reading.status === 'ok' && level.payload.text.trim() !== ''
      return {
        key: level.key,
        ...(hasPayload ? { payload: reading.payload } : {}),
        ...(level.id === control ? { control: true } : {}),
      }
    }),
  }
}

function shareInput(name: 'layer' | 'holdout', { isUsed, key, percent }: ShareDraft) {
  return isUsed ? { [name]: { key, share: shareOf(percent) } } : {}
}

/** 12.5 becomes 0.125, without the dust of division. */
export function shareOf(percent: NumberDraft): number | undefined {
  return percent === '' ? undefined : Number((percent / 100).toPrecision(12))
}

/** Size of the request in bytes, as it travels. */
export function bytesOf(input: unknown): number {
  return new TextEncoder().encode(JSON.stringify(input)).length
}
