import { analysisFieldId, analysisProblems } from '../../parts/forms/analysis-draft.ts'
import { AUDIENCE_ID, conditionFieldId, readAudience } from '../../parts/forms/audience.ts'
import { METRICS_SEARCH_ID } from '../../parts/forms/metric-roles.ts'
import type { Draft, NumberDraft, ShareDraft } from './draft.ts'
import { bytesOf, inputOf, LARGEST_BODY_BYTES } from './input.ts'
import type { Problem, Step } from './steps.ts'
import { variantProblems } from './variant-problems.ts'

const KEY = /^[a-z0-9][a-z0-9_.-]{0,63}$/
const UNIT = /^[a-z][a-z0-9_-]{0,31}$/
const TAG = /^[a-z0-9][a-z0-9_-]{0,31}$/
const LONGEST_NAME = 200
const LONGEST_HYPOTHESIS = 5000
const MOST_TAGS = 20
const MOST_DIMENSIONS = 5
const LONGEST_ATTRIBUTE = 64
const MOST_METRICS = 50
const LONGEST_DURATION_DAYS = 3650

const KEY_RULE = 'Small letters, digits, and . _ - inside; at most 64, and a letter or digit first.'

/** Everything that stands between a draft and its experiment, in the order of the steps. */
export function problemsOf(draft: Draft, takenKeys: ReadonlySet<string>): readonly Problem[] {
  return [
    ...ideaProblems(draft, takenKeys),
    ...variantProblems(draft),
    ...audienceProblems(draft),
    ...metricProblems(draft),
    ...sizeProblems(draft),
  ]
}

/** What is too large is said before it is sent; by itself, since it means writing everything as JSON. */
export function sizeOfBody(draft: Draft): { readonly bytes: number; readonly isTooLarge: boolean } {
  const bytes = bytesOf(inputOf(draft))
  return { bytes, isTooLarge: bytes > LARGEST_BODY_BYTES }
}

class Findings {
  readonly all: Problem[] = []
  readonly #step: Step

  constructor(step: Step) {
    this.#step = step
  }

  require(holds: boolean, field: string, message: string): void {
    if (!holds) this.all.push({ step: this.#step, field, message })
  }
}

function ideaProblems(draft: Draft, takenKeys: ReadonlySet<string>): readonly Problem[] {
  const { key, name, hypothesis, unit, tags } = draft
  const findings = new Findings('idea')
  findings.require(name.length <= LONGEST_NAME, 'name', `At most ${LONGEST_NAME} characters.`)
  findings.require(key !== '', 'key', 'The experiment needs a key: code asks for it by this name.')
  findings.require(key === '' || KEY.test(key), 'key', KEY_RULE)
  findings.require(!takenKeys.has(key), 'key', 'Another experiment has this key. Choose another.')
  findings.require(
    hypothesis.length <= LONGEST_HYPOTHESIS,
    'hypothesis',
    `At most ${LONGEST_HYPOTHESIS} characters.`,
  )
  findings.require(
    UNIT.test(unit),
    'unit',
    'A word of small letters, digits, _ and -, such as user or conversation; at most 32 characters.',
  )
  const wrong = tags.find((tag) => !TAG.test(tag))
  findings.require(
    wrong === undefined,
    'tags',
    `“${wrong}” is no tag: small letters, digits, _ and -, at most 32 characters.`,
  )
  findings.require(tags.length <= MOST_TAGS, 'tags', `At most ${MOST_TAGS} tags.`)
  return findings.all
}

function audienceProblems(draft: Draft): readonly Problem[] {
  const findings = new Findings('audience')
  const reading = readAudience(draft.audience)
  if (reading.status === 'invalid') {
    for (const { row, part = 'value', message } of reading.problems) {
      findings.require(false, row === undefined ? AUDIENCE_ID : conditionFieldId(row, part), message)
    }
  }
  findings.require(isWithin(draft.coveragePercent, 0, 100), 'coverage', 'From 0 to 100 percent.')
  requireShare(findings, 'layer', draft.layer, (percent) => percent > 0 && percent <= 100)
  requireShare(findings, 'holdout', draft.holdout, (percent) => percent > 0 && percent < 100)
  findings.require(
    draft.dimensions.length <= MOST_DIMENSIONS,
    'dimensions',
    `At most ${MOST_DIMENSIONS} attributes.`,
  )
  findings.require(
    draft.dimensions.every(({ length }) => length <= LONGEST_ATTRIBUTE),
    'dimensions',
    `The name of an attribute has at most ${LONGEST_ATTRIBUTE} characters.`,
  )
  return findings.all
}

function requireShare(
  findings: Findings,
  name: 'layer' | 'holdout',
  { isUsed, key, percent }: ShareDraft,
  isShare: (percent: number) => boolean,
): void {
  if (!isUsed) return
  findings.require(KEY.test(key), `${name}-key`, key === '' ? `Name the ${name}.` : KEY_RULE)
  findings.require(
    percent !== '' && isShare(percent),
    `${name}-share`,
    name === 'layer' ? 'More than 0, at most 100 percent.' : 'More than 0, less than 100 percent.',
  )
}

function metricProblems({ metrics }: Draft): readonly Problem[] {
  const findings = new Findings('metrics')
  const largest = Math.max(metrics.primary.length, metrics.secondary.length, metrics.guardrails.length)
  findings.require(
    largest <= MOST_METRICS,
    METRICS_SEARCH_ID,
    `At most ${MOST_METRICS} metrics of each role.`,
  )
  return findings.all
}

function sizeProblems({ size, minimumSample, maximumDurationDays, analysis }: Draft): readonly Problem[] {
  const findings = new Findings('size')
  const { alphaPercent } = size
  findings.require(
    alphaPercent !== '' && alphaPercent > 0 && alphaPercent <= 50,
    'alpha',
    'More than 0, at most 50 percent.',
  )
  findings.require(
    minimumSample === '' || (Number.isInteger(minimumSample) && minimumSample >= 0),
    'minimum-sample',
    'A whole number, or nothing.',
  )
  findings.require(
    maximumDurationDays === '' || (maximumDurationDays > 0 && maximumDurationDays <= LONGEST_DURATION_DAYS),
    'maximum-duration',
    `More than 0, at most ${LONGEST_DURATION_DAYS} days, or nothing.`,
  )
  for (const [field, message] of analysisProblems(analysis)) {
    findings.require(false, analysisFieldId(field), message)
  }
  return findings.all
}

function isWithin(value: NumberDraft, low: number, high: number): boolean {
  return value !== '' && value >= low && value <= high
}
