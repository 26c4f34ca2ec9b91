import { isUtf8 } from 'node:buffer'
import { describeError, HeliosError } from '@helios/engine'
import type { Receipt, RejectedEvent } from '@helios/sdk'
import type { App } from './app.ts'

/** Events as they came, and the lines among them that were not JSON. */
export interface EventBody {
  readonly events: readonly unknown[]
  readonly malformed: ReadonlyMap<number, string>
}

const NONE: ReadonlyMap<number, string> = new Map()
export const EVENT_BODY_LIMIT_BYTES = 8 * 1024 * 1024

/**
 * Reads JSON and NDJSON for the routes of this app. Items are not looked at here: the engine checks each
 * one anyway, and a second check of a hundred events would cost more than all the rest of HTTP.
 */
export function parseEventBodies(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    attempt(() => ({ events: eventsOfJson(textOf(body)), malformed: NONE }), done),
  )
  app.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    attempt(() => eventsOfLines(textOf(body)), done),
  )
}

function attempt(parse: () => EventBody, done: (error: Error | null, body?: EventBody) => void): void {
  let body: EventBody | undefined
  let problem: Error | null = null
  try {
    body = parse()
  } catch (error) {
    problem = error as Error
  }
  done(problem, body)
}

/** Broken UTF-8 would turn different ids into the same one. */
function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw invalid('the body is not UTF-8')
  return body.toString('utf8')
}

/** An array of events, or `{ "events": [ … ] }`. */
export function eventsOfJson(text: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(`the body is not JSON (${(error as Error).message})`)
  }
  const events = Array.isArray(value) ? value : (value as { events?: unknown } | null)?.events
  if (!Array.isArray(events)) throw new HeliosError('HEL_BATCH_INVALID')
  return events
}

/**
 * One event a line; empty lines do not count. A line that is not JSON becomes `undefined`, which the
 * engine refuses, so that every other event keeps its place and is taken.
 */
export function eventsOfLines(text: string): EventBody {
  const malformed = new Map<number, string>()
  const events: unknown[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    try {
      events.push(JSON.parse(line))
    } catch (error) {
      malformed.set(events.length, (error as Error).message)
      events.push(undefined)
    }
  }
  return { events, malformed }
}

/** The receipt of the engine, saying of malformed lines what was wrong with the text. */
export function explainMalformed(receipt: Receipt, malformed: ReadonlyMap<number, string>): Receipt {
  if (malformed.size === 0) return receipt
  const explain = (item: RejectedEvent): RejectedEvent => {
    const problem = malformed.get(item.index)
    if (problem === undefined) return item
    const message = describeError('HEL_EVENT_INVALID', { problem: `the line is not JSON (${problem})` })
    return { index: item.index, code: 'HEL_EVENT_INVALID', message }
  }
  return { ...receipt, rejected: receipt.rejected.map(explain) }
}

function invalid(problem: string): HeliosError {
  return new HeliosError('HEL_REQUEST_INVALID', { problem })
}
