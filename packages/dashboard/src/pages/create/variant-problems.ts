import { readPayload } from '../../parts/forms/payload.ts'
import { combinationCount, combinationsOf, type Draft, type FactorDraft, type VariantDraft } from './draft.ts'
import type { Problem } from './steps.ts'

const VARIANT_KEY = /^[A-Za-z0-9][A-Za-z0-9_.=,:-]{0,199}$/
const FACTOR_KEY = /^[a-z0-9][a-z0-9_-]{0,31}$/
const LEVEL_KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/
const LONGEST_VARIANT_KEY = 200
const LONGEST_NAME = 200
export const MOST_VARIANTS = 1000
export const MOST_FACTORS = 8
export const MOST_LEVELS = 16

/** Where a problem with the list as a whole is put right. */
export const ADD_VARIANT_ID = 'add-variant'
export const ADD_FACTOR_ID = 'add-factor'

export type VariantField = 'key' | 'name' | 'weight' | 'payload'

export function variantFieldId(variant: number, field: VariantField): string {
  return `variant-${variant}-${field}`
}

export function factorFieldId(factor: number): string {
  return `factor-${factor}-key`
}

export function levelFieldId(factor: number, level: number, field: 'key' | 'payload'): string {
  return `factor-${factor}-level-${level}-${field}`
}

/** What is wrong with the variants, or with the factors that make them. */
export function variantProblems(draft: Draft): readonly Problem[] {
  const problems = draft.design === 'variants' ? problemsOfVariants(draft) : problemsOfFactors(draft.factors)
  return problems.map(([field, message]) => ({ step: 'variants', field, message }))
}

type Found = readonly [field: string, message: string]

function problemsOfVariants({ variants, control, isWeighted }: Draft): Found[] {
  const problems: Found[] = []
  if (variants.length < 2) problems.push([ADD_VARIANT_ID, 'There must be at least two variants.'])
  if (variants.length > MOST_VARIANTS) {
    problems.push([ADD_VARIANT_ID, `At most ${MOST_VARIANTS} variants; there are ${variants.length}.`])
  }
  const repeated = repeatedKeys(variants)
  for (const variant of variants) {
    const isControl = variant.id === control
    problems.push(...problemsOfVariant(variant, { isControl, isWeighted, repeated }))
  }
  return problems
}

interface Surroundings {
  readonly isControl: boolean
  readonly isWeighted: boolean
  readonly repeated: ReadonlySet<string>
}

function problemsOfVariant(
  variant: VariantDraft,
  { isControl, isWeighted, repeated }: Surroundings,
): Found[] {
  const { id, key, name, payload, weight } = variant
  const problems: Found[] = []
  const keyProblem = problemOfKey(key, VARIANT_KEY, repeated, 'variant')
  if (keyProblem !== undefined) problems.push([variantFieldId(id, 'key'), keyProblem])
  if (name.length > LONGEST_NAME) {
    problems.push([variantFieldId(id, 'name'), `At most ${LONGEST_NAME} characters.`])
  }
  const reading = readPayload(payload)
  if (reading.status === 'invalid') problems.push([variantFieldId(id, 'payload'), reading.problem])
  if (!isWeighted) return problems
  if (weight === '' || weight < 0) {
    problems.push([variantFieldId(id, 'weight'), 'Give a weight; 0 means no traffic.'])
  } else if (isControl && weight === 0) {
    problems.push([variantFieldId(id, 'weight'), 'The control needs traffic: all are compared with it.'])
  }
  return problems
}

function problemsOfFactors(factors: readonly FactorDraft[]): Found[] {
  const problems: Found[] = []
  if (factors.length === 0) problems.push([ADD_FACTOR_ID, 'There must be at least one factor.'])
  const repeated = repeatedKeys(factors)
  for (const factor of factors) {
    const problem = problemOfKey(factor.key, FACTOR_KEY, repeated, 'factor')
    if (problem !== undefined) problems.push([factorFieldId(factor.id), problem])
    problems.push(...problemsOfLevels(factor))
  }
  const count = combinationCount(factors)
  if (count > MOST_VARIANTS) {
    problems.push([ADD_FACTOR_ID, `${count} combinations are more than ${MOST_VARIANTS}; take levels away.`])
  } else if (combinationsOf(factors, count).some(({ key }) => key.length > LONGEST_VARIANT_KEY)) {
    problems.push([ADD_FACTOR_ID, 'The names of the combinations become too long; shorten the keys.'])
  }
  return problems
}

function problemsOfLevels({ id, levels }: FactorDraft): Found[] {
  const repeated = repeatedKeys(levels)
  const problems: Found[] = []
  if (levels.length < 2) problems.push([factorFieldId(id), 'A factor needs at least two levels.'])
  for (const level of levels) {
    const problem = problemOfKey(level.key, LEVEL_KEY, repeated, 'level')
    if (problem !== undefined) problems.push([levelFieldId(id, level.id, 'key'), problem])
    const reading = readPayload(level.payload)
    if (reading.status === 'invalid') problems.push([levelFieldId(id, level.id, 'payload'), reading.problem])
  }
  return problems
}

const RULES = {
  variant: 'Letters, digits, and . _ - = , : inside; a letter or digit first.',
  factor: 'Small letters, digits, _ and -, at most 32; a letter or digit first.',
  level: 'Letters, digits, and . _ - inside, at most 32; a letter or digit first.',
}

function problemOfKey(
  key: string,
  pattern: RegExp,
  repeated: ReadonlySet<string>,
  what: keyof typeof RULES,
): string | undefined {
  if (key === '') return `The ${what} needs a key.`
  if (!pattern.test(key)) return RULES[what]
  return repeated.has(key) ? `Another ${what} has this key.` : undefined
}

function repeatedKeys(items: readonly { readonly key: string }[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { key } of items) {
    if (seen.has(key)) repeated.add(key)
    seen.add(key)
  }
  return repeated
}
