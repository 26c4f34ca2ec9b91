import type { Experiment } from '@helios/sdk'
import { analysisFieldId, analysisProblems } from '../../../parts/forms/analysis-draft.ts'
import { readAudience } from '../../../parts/forms/audience.ts'
import { readPayload } from '../../../parts/forms/payload.ts'
import { canEditVariants, type EditDraft, type VariantDraft } from './draft.ts'

const LONGEST_NAME = 200
const LONGEST_HYPOTHESIS = 5000
const MOST_TAGS = 20
const MOST_DIMENSIONS = 5
const LONGEST_DIMENSION = 64
const LONGEST_DURATION_DAYS = 3650
const TAG = /^[a-z0-9][a-z0-9_-]{0,31}$/
const VARIANT_KEY = /^[A-Za-z0-9][A-Za-z0-9_.=,:-]{0,199}$/

/** Field → what is wrong with it; the server's rules, told before it is asked. */
export type Problems = ReadonlyMap<string, string>

export function problemsOf(draft: EditDraft, experiment: Experiment): Problems {
  return new Map([
    ...textProblems(draft),
    ...numberProblems(draft),
    ...analysisProblems(draft.analysis).map(([field, message]) => [analysisFieldId(field), message] as const),
    ...listProblems(draft),
    ...audienceProblems(draft),
    ...weightProblems(draft),
    ...(canEditVariants(experiment) ? variantProblems(draft.variants) : []),
  ])
}

type Found = readonly (readonly [field: string, message: string])[]

function textProblems({ name, hypothesis }: EditDraft): Found {
  const found: [string, string][] = []
  if (name.trim() === '') found.push(['name', 'Give it a name.'])
  if (name.length > LONGEST_NAME) found.push(['name', `At most ${LONGEST_NAME} characters.`])
  if (hypothesis.length > LONGEST_HYPOTHESIS)
    found.push(['hypothesis', `At most ${LONGEST_HYPOTHESIS} characters.`])
  return found
}

function numberProblems({ coveragePercent, minimumSample, maximumDurationDays }: EditDraft): Found {
  const found: [string, string][] = []
  if (coveragePercent === '' || coveragePercent < 0 || coveragePercent > 100)
    found.push(['coverage', 'Between 0 and 100 %.'])
  if (minimumSample !== '' && !(Number.isInteger(minimumSample) && minimumSample >= 0))
    found.push(['minimumSample', 'A whole number, 0 or more.'])
  if (
    maximumDurationDays !== '' &&
    !(maximumDurationDays > 0 && maximumDurationDays <= LONGEST_DURATION_DAYS)
  )
    found.push(['maximumDurationDays', `More than 0 and at most ${LONGEST_DURATION_DAYS} days.`])
  return found
}

function listProblems({ tags, dimensions }: EditDraft): Found {
  const found: [string, string][] = []
  const bad = tags.find((tag) => !TAG.test(tag))
  if (bad !== undefined)
    found.push(['tags', `“${bad}”: small letters, digits, - and _, at most 32, a letter or digit first.`])
  if (tags.length > MOST_TAGS) found.push(['tags', `At most ${MOST_TAGS}.`])
  if (dimensions.length > MOST_DIMENSIONS) found.push(['dimensions', `At most ${MOST_DIMENSIONS}.`])
  if (dimensions.some((name) => name.length > LONGEST_DIMENSION))
    found.push(['dimensions', `At most ${LONGEST_DIMENSION} characters each.`])
  return found
}

function audienceProblems({ audience }: EditDraft): Found {
  const reading = readAudience(audience)
  const [first] = reading.status === 'invalid' ? reading.problems : []
  return first === undefined ? [] : [['audience', first.message]]
}

function weightProblems({ isWeighted, variants, control }: EditDraft): Found {
  if (!isWeighted) return []
  return variants.flatMap(({ id, weight }): Found => {
    if (weight === '' || weight < 0) return [[`weight-${id}`, 'A weight of 0 or more.']]
    return id === control && weight === 0 ? [[`weight-${id}`, 'The control needs some traffic.']] : []
  })
}

function variantProblems(variants: readonly VariantDraft[]): Found {
  const keys = variants.map(({ key }) => key)
  const found: [string, string][] = []
  if (variants.length < 2) found.push(['variants', 'An experiment compares two variants or more.'])
  for (const { id, key, name, payload } of variants) {
    if (!VARIANT_KEY.test(key)) {
      found.push([`key-${id}`, 'Letters, digits and . _ = , : -, beginning with a letter or digit.'])
    } else if (keys.filter((other) => other === key).length > 1) {
      found.push([`key-${id}`, 'Two variants have this key.'])
    }
    if (name.length > LONGEST_NAME) found.push([`name-${id}`, `At most ${LONGEST_NAME} characters.`])
    const reading = readPayload(payload)
    if (reading.status === 'invalid') found.push([`payload-${id}`, reading.problem])
  }
  return found
}
