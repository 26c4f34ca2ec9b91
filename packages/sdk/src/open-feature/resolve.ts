/** From a flag of OpenFeature to a decision of Helios. */
import type { ClientDecision, HeliosClient } from '../client/index.ts'
import type { Attributes, AttributeValue, Json, Reason } from '../wire.ts'
import {
  type Context,
  type ContextValue,
  type Resolution,
  ResolutionError,
  type ResolutionReason,
} from './types.ts'

export type FlagType = 'boolean' | 'string' | 'number' | 'object'

type Decided = Extract<ClientDecision, { readonly variant: string }>

/**
 * | reason of Helios | reason of OpenFeature |
 * |---|---|
 * | `assigned`, `policy`, `sticky` | `SPLIT`: the variant was drawn |
 * | `forced` | `TARGETING_MATCH`: somebody named the variant for this unit |
 * | `not-running` | `DISABLED`: the control, or what was shipped |
 * | `audience-mismatch`, `outside-coverage`, `outside-layer`, `held-out` | `DEFAULT`: the control |
 */
const REASONS: Readonly<Record<Reason, ResolutionReason>> = {
  assigned: 'SPLIT',
  policy: 'SPLIT',
  sticky: 'SPLIT',
  forced: 'TARGETING_MATCH',
  'not-running': 'DISABLED',
  'audience-mismatch': 'DEFAULT',
  'outside-coverage': 'DEFAULT',
  'outside-layer': 'DEFAULT',
  'held-out': 'DEFAULT',
}

/**
 * Decides, and exposes when the value is of the type that was asked for.
 *
 * @param flag key of an experiment whose payload is the value; or `EXPERIMENT.FIELD` for a field of it
 * @throws ResolutionError
 */
export function resolve<Value>(
  client: HeliosClient,
  flag: string,
  type: FlagType,
  context: Context,
): Resolution<Value> {
  const { decision, value } = find(client, flag, { unit: unitOf(context), attributes: attributesOf(context) })
  if (typeOf(value) !== type) {
    throw new ResolutionError('TYPE_MISMATCH', `"${flag}" is of type ${typeOf(value)}, not ${type}.`)
  }
  client.expose(decision)
  const { variant, reason, version, propensity, policyVersion } = decision
  const flagMetadata = { version, propensity, reason, ...(policyVersion !== undefined && { policyVersion }) }
  return { value: value as Value, variant, reason: REASONS[reason], flagMetadata }
}

interface Question {
  readonly unit: string
  readonly attributes: Attributes
}

/** A key may hold dots itself, so the whole of it comes first. */
function find(
  client: HeliosClient,
  flag: string,
  question: Question,
): { readonly decision: Decided; readonly value: Json | undefined } {
  const whole = client.decide(flag, question)
  if (whole.variant !== undefined) return { decision: whole, value: whole.payload }
  const dot = flag.lastIndexOf('.')
  const part =
    whole.reason === 'unknown-experiment' && dot > 0 ? client.decide(flag.slice(0, dot), question) : whole
  if (part.variant === undefined) throw absent(flag, part.reason)
  return { decision: part, value: fieldOf(part.payload, flag.slice(dot + 1)) }
}

function absent(flag: string, reason: string): ResolutionError {
  if (reason === 'not-ready')
    return new ResolutionError('PROVIDER_NOT_READY', 'Helios sent no definitions yet.')
  if (reason === 'invalid-call') {
    return new ResolutionError('INVALID_CONTEXT', 'The targeting key must be a text of 1 to 256 characters.')
  }
  return new ResolutionError('FLAG_NOT_FOUND', `There is no experiment "${flag}" that was started.`)
}

function fieldOf(payload: Json, field: string): Json | undefined {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, field)) return undefined
  return (payload as Readonly<Record<string, Json>>)[field]
}

function typeOf(value: Json | undefined): string {
  return value === undefined ? 'nothing' : value === null ? 'null' : typeof value
}

export function unitOf({ targetingKey }: Context): string {
  if (targetingKey !== undefined && targetingKey !== '') return targetingKey
  throw new ResolutionError('TARGETING_KEY_MISSING', 'Set targetingKey to the unit that Helios decides for.')
}

/** Facts that conditions can look at; dates become ISO 8601 texts, and what is nested is left out. */
function attributesOf(context: Context): Attributes {
  const attributes: [string, AttributeValue][] = []
  for (const [name, value] of Object.entries(context)) {
    if (name === 'targetingKey') continue
    const attribute = attributeOf(value)
    if (attribute !== undefined) attributes.push([name, attribute])
  }
  return Object.fromEntries(attributes)
}

function attributeOf(value: ContextValue | undefined): AttributeValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? value : undefined
  return typeof value === 'object' && value !== null ? undefined : (value as AttributeValue)
}
