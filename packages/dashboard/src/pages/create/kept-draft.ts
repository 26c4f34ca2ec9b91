import { type Draft, EMPTY_DRAFT } from './draft.ts'

/** With the number of its form: a draft that an older release kept is not read. */
const NAME = 'helios-new-experiment-2'

/** The draft that this tab kept; undefined when there is none, or storage is blocked. */
export function keptDraft(): Draft | undefined {
  try {
    const text = sessionStorage.getItem(NAME)
    const kept: unknown = text === null ? undefined : JSON.parse(text)
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Keeps a draft for as long as the tab lives. Where that cannot be, the page works without. */
export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(draft))
  } catch {
    // Blocked, or the draft is larger than a browser keeps: then it lives in the page alone.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(NAME)
  } catch {
    // Blocked storage keeps nothing that could be forgotten.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  return Object.entries(EMPTY_DRAFT).every(([field, sample]) => {
    const given = fields[field]
    return Array.isArray(sample) ? Array.isArray(given) : isAlike(given, sample)
  })
}

/** A number that is not typed yet is an empty text. */
function isAlike(given: unknown, sample: unknown): boolean {
  if (sample === '' || typeof sample === 'number')
    return typeof given === 'string' || typeof given === 'number'
  return typeof given === typeof sample && given !== null
}
