import type { Json } from '@helios/sdk'

/** What somebody types as the payload of a variant: plain text, or JSON. */
export interface PayloadDraft {
  readonly mode: 'text' | 'json'
  readonly text: string
}

export type PayloadReading =
  | { readonly status: 'ok'; readonly payload: Json }
  | { readonly status: 'invalid'; readonly problem: string }

export const NO_PAYLOAD: PayloadDraft = { mode: 'text', text: '' }
/** Levels that the engine takes. */
const DEEPEST_JSON = 100

/** Drafts never change, and reading a megabyte again with every key pressed elsewhere would be felt. */
const readings = new WeakMap<PayloadDraft, PayloadReading>()

/** The payload that a draft stands for: nothing typed is `null`, whatever the mode. */
export function readPayload(draft: PayloadDraft): PayloadReading {
  const known = readings.get(draft)
  if (known !== undefined) return known
  const reading = read(draft)
  readings.set(draft, reading)
  return reading
}

function read({ mode, text }: PayloadDraft): PayloadReading {
  if (text === '' || (mode === 'json' && text.trim() === '')) return { status: 'ok', payload: null }
  if (mode === 'text') return { status: 'ok', payload: text }
  try {
    const payload = JSON.parse(text) as Json
    if (!isWithinDepth(payload)) {
      return { status: 'invalid', problem: `It is nested more than ${DEEPEST_JSON} levels deep.` }
    }
    return { status: 'ok', payload }
  } catch (error) {
    return { status: 'invalid', problem: problemOf(error, text) }
  }
}

/** Level by level, so that no nesting is too deep to be judged. */
function isWithinDepth(payload: Json): boolean {
  let level: unknown[] = [payload]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_JSON) return false
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null
        ? Object.values(node).filter((member) => typeof member === 'object' && member !== null)
        : [],
    )
  }
  return true
}

/** Some browsers name the place as an offset, and people count lines; the others quote it. */
function problemOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/end of (?:JSON|data)/i.test(message)) return 'Not JSON yet: it ends too early.'
  const offset = /at position (\d+)/.exec(message)?.[1]
  if (offset === undefined) return `Not JSON: ${message}`
  const before = text.slice(0, Number(offset)).split('\n')
  return `Not JSON: look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`
}

/** The draft of a payload that exists already. */
export function payloadDraftOf(payload: Json): PayloadDraft {
  if (payload === null) return NO_PAYLOAD
  if (typeof payload === 'string' && payload !== '') return { mode: 'text', text: payload }
  return { mode: 'json', text: JSON.stringify(payload, null, 2) }
}

/** The same text in the other mode; JSON that is a text loses its quotation marks, and gets them back. */
export function inMode(draft: PayloadDraft, mode: PayloadDraft['mode']): PayloadDraft {
  if (draft.mode === mode) return draft
  if (mode === 'json')
    return { mode, text: looksLikeJson(draft.text) ? draft.text : JSON.stringify(draft.text) }
  const reading = readPayload(draft)
  const isText = reading.status === 'ok' && typeof reading.payload === 'string'
  return { mode, text: isText ? String(reading.payload) : draft.text }
}

function looksLikeJson(text: string): boolean {
  return text.trim() === '' || readPayload({ mode: 'json', text }).status === 'ok'
}

/** JSON with its usual indentation; what is no JSON stays as it is. */
export function formatted(draft: PayloadDraft): PayloadDraft {
  const reading = readPayload(draft)
  if (draft.mode === 'text' || draft.text.trim() === '' || reading.status === 'invalid') return draft
  return { mode: 'json', text: JSON.stringify(reading.payload, null, 2) }
}

/** The beginning, on one line, for places with little room. */
export function previewOf({ text }: PayloadDraft, length = 80): string {
  const line = text
    .slice(0, length * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > length || text.length > length * 4 ? `${line.slice(0, length)}…` : line
}
