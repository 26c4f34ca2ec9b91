import { RefusedError } from '../../api/request.ts'
import { type AnalysisField, analysisFieldId, USUAL_ANALYSIS } from '../../parts/forms/analysis-draft.ts'
import { AUDIENCE_ID } from '../../parts/forms/audience.ts'
import { METRICS_SEARCH_ID } from '../../parts/forms/metric-roles.ts'
import type { Draft } from './draft.ts'
import type { Problem, Step } from './steps.ts'
import { ADD_FACTOR_ID, ADD_VARIANT_ID, factorFieldId, variantFieldId } from './variant-problems.ts'

/** Where each field of the request is asked, and the control that has the focus there. */
const PLACES: Readonly<Record<string, readonly [step: Step, field: string]>> = {
  key: ['idea', 'key'],
  name: ['idea', 'name'],
  hypothesis: ['idea', 'hypothesis'],
  unit: ['idea', 'unit'],
  tags: ['idea', 'tags'],
  variants: ['variants', ADD_VARIANT_ID],
  factors: ['variants', ADD_FACTOR_ID],
  allocation: ['variants', ADD_VARIANT_ID],
  audience: ['audience', AUDIENCE_ID],
  coverage: ['audience', 'coverage'],
  layer: ['audience', 'layer-key'],
  holdout: ['audience', 'holdout-key'],
  sticky: ['audience', 'sticky'],
  dimensions: ['audience', 'dimensions'],
  metrics: ['metrics', METRICS_SEARCH_ID],
  analysis: ['size', 'alpha'],
  minimumSample: ['size', 'minimum-sample'],
  maximumDurationDays: ['size', 'maximum-duration'],
}

/** Codes that say by themselves what they are about. */
const CODES: Readonly<Record<string, string>> = {
  HEL_EXPERIMENT_EXISTS: 'key',
  HEL_METRIC_NOT_FOUND: 'metrics',
  HEL_LAYER_FULL: 'layer',
  HEL_LAYER_UNIT_MISMATCH: 'layer',
  HEL_HOLDOUT_MISMATCH: 'holdout',
}

/** What the server refused, at the places where it can be put right, in the server's words. */
export function problemsOfRefusal(error: unknown, draft: Draft): readonly Problem[] {
  if (!(error instanceof RefusedError)) return []
  if (error.fields.length > 0) {
    return error.fields.flatMap(({ pointer, message }) => placed(pointer.split('/').slice(1), message, draft))
  }
  const field = CODES[error.code]
  return placed(field === undefined ? pathIn(error.message) : [field], error.message, draft)
}

function placed(
  [field = '', index, part]: readonly string[],
  message: string,
  draft: Draft,
): readonly Problem[] {
  const place = PLACES[field]
  if (place === undefined) return []
  const [step, id] = place
  const item = field === 'analysis' ? settingId(index) : itemId(draft, field, Number(index), part)
  return [{ step, field: item ?? id, message }]
}

/** Shares are asked in percent; the error rate has its place among the questions of the size. */
function settingId(name = ''): string | undefined {
  const fields = Object.keys(USUAL_ANALYSIS) as AnalysisField[]
  const field = fields.find((each) => each === name || each === `${name}Percent`)
  return field && analysisFieldId(field)
}

/** Variants and factors are named by their place in the request. */
function itemId(draft: Draft, field: string, index: number, part = 'key'): string | undefined {
  if (field === 'variants') {
    const variant = draft.variants[index]
    const known = (['key', 'name', 'payload'] as const).find((name) => name === part)
    return variant && variantFieldId(variant.id, known ?? 'key')
  }
  const factor = field === 'factors' ? draft.factors[index] : undefined
  return factor && factorFieldId(factor.id)
}

/** `variants.0.key must match …` names its field in front. */
function pathIn(message: string): readonly string[] {
  const words = message.match(/[A-Za-z][\w.]*/g) ?? []
  const path = words.find((word) => Object.hasOwn(PLACES, word.split('.')[0] ?? '')) ?? ''
  return path.split('.')
}
