import type { Allocation, Condition, Experiment, Variant } from '@helios/sdk'
import { conditionInWords } from '../../../parts/forms/condition-in-words.ts'
import { analysisChanges } from '../analysis-words.ts'
import { nameOfVariant, shareInWords } from '../words.ts'

/** One field that an edit changed. */
export interface FieldChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

const NONE = 'none'
const LONGEST = 400

type Read = readonly [field: string, read: (experiment: Experiment) => unknown, say: (value: never) => string]

function field<T>(name: string, read: (experiment: Experiment) => T, say: (value: T) => string): Read {
  return [name, read, say as (value: never) => string]
}

const FIELDS: readonly Read[] = [
  field('Name', ({ name }) => name, String),
  field('Hypothesis', ({ hypothesis }) => hypothesis, orNone),
  field('Unit', ({ unit }) => unit, String),
  field('Tags', ({ tags }) => tags, list),
  field('Allocation', ({ allocation }) => allocation, allocationInWords),
  field('Coverage', ({ coverage }) => coverage, shareInWords),
  field('Audience', ({ audience }) => audience, audienceInWords),
  field('Layer', ({ layer }) => layer, shareOfKey),
  field('Holdout', ({ holdout }) => holdout, shareOfKey),
  field('Sticky', ({ sticky }) => sticky, yesOrNo),
  field('Dimensions', ({ dimensions }) => dimensions, list),
  field('Control', (experiment) => nameOfVariant(experiment, experiment.control), String),
  field('Primary metrics', ({ metrics }) => metrics.primary, list),
  field('Secondary metrics', ({ metrics }) => metrics.secondary, list),
  field('Guardrails', ({ metrics }) => metrics.guardrails, list),
  field('Minimum sample', ({ minimumSample }) => minimumSample, String),
  field('Longest duration', ({ maximumDurationDays }) => maximumDurationDays, days),
  field('Forced units', ({ forced }) => forced, forcedInWords),
  field('Salt version', ({ saltVersion }) => saltVersion, String),
  field('Ships', (experiment) => shippedOf(experiment), orNone),
]

/** The fields that differ between two versions, in words; what only the engine keeps is left out. */
export function changesBetween(before: Experiment, after: Experiment): FieldChange[] {
  const fields = FIELDS.flatMap(([name, read, say]) => {
    const [old, next] = [read(before), read(after)]
    if (isSame(old, next)) return []
    return [{ field: name, before: cut(say(old as never)), after: cut(say(next as never)) }]
  })
  return [
    ...fields,
    ...analysisChanges(before.analysis, after.analysis),
    ...variantChanges(before.variants, after.variants),
  ]
}

function variantChanges(before: readonly Variant[], after: readonly Variant[]): FieldChange[] {
  const old = new Map(before.map((variant) => [variant.key, variant]))
  const next = new Map(after.map((variant) => [variant.key, variant]))
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const [one, other] = [old.get(key), next.get(key)]
    if (isSame(one, other)) return []
    return [{ field: `Variant ${key}`, before: variantInWords(one), after: variantInWords(other) }]
  })
}

function variantInWords(variant: Variant | undefined): string {
  if (variant === undefined) return NONE
  return cut(`${variant.name}: ${JSON.stringify(variant.payload)}`)
}

/** JSON from one server writes equal values alike. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function orNone(text: string): string {
  return text === '' ? NONE : text
}

function list(words: readonly string[]): string {
  return orNone(words.join(', '))
}

function allocationInWords(allocation: Allocation): string {
  if (allocation.kind === 'equal') return 'equal shares'
  if (allocation.kind === 'dynamic') return `policy ${allocation.policy.kind}`
  const weights = Object.entries(allocation.weights).map(([key, weight]) => `${key} ${weight}`)
  return `weights ${weights.join(', ')}`
}

function audienceInWords(audience: Condition | undefined): string {
  return audience === undefined ? 'everyone' : conditionInWords(audience)
}

function shareOfKey(part: { readonly key: string; readonly share: number } | undefined): string {
  return part === undefined ? NONE : `${shareInWords(part.share)} of ${part.key}`
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

function days(count: number | undefined): string {
  return count === undefined ? 'no limit' : `${count} days`
}

function forcedInWords(forced: Readonly<Record<string, string>>): string {
  return list(Object.entries(forced).map(([unit, variant]) => `${unit} gets ${variant}`))
}

function shippedOf(experiment: Experiment): string {
  const { shipped } = experiment
  return shipped === undefined ? '' : nameOfVariant(experiment, shipped)
}
