/** What a client sees of a server, with every way in which that can go wrong. */
import type { ExperimentDefinition, HeliosEvent, Receipt } from '../../wire.ts'
import type { PlatformRequest, PlatformResponse } from '../platform.ts'
import type { Time } from './fake-platform.ts'

/** What becomes of the next request: an answer, a status, no connection, or an answer that is lost. */
export type Fate =
  | 'answer'
  | 'unreachable'
  | 'answer-lost'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly text?: string }

export interface FakeServer {
  readonly fetch: (url: string, request: PlatformRequest) => Promise<PlatformResponse>
  /** Every request so far, as `GET /v1/definitions`. */
  readonly requests: string[]
  readonly sent: PlatformRequest[]
  /** Events that are durable, by id. */
  readonly events: Map<string, HeliosEvent>
  /** Ids in the order in which they arrived, repeats included. */
  readonly arrivals: string[]
  definitions: readonly unknown[]
  /** Fate of requests by path; `answer` where nothing is said. */
  fates: Record<string, Fate>
  /** Why an event is refused. */
  refuse: (event: HeliosEvent) => string | undefined
  /** Whether there are streams; none by default. */
  hasStream: boolean
  /** Bytes to everyone who listens. */
  push(text: string): void
  /** Ends every stream. */
  hangUp(): void
  listeners(): number
}

interface Stream {
  readonly chunks: string[]
  wake: () => void
  isEnded: boolean
  error?: Error
}

export function fakeServer(time?: Time): FakeServer {
  const streams = new Set<Stream>()
  const server: FakeServer = {
    requests: [],
    sent: [],
    events: new Map(),
    arrivals: [],
    definitions: [],
    fates: {},
    refuse: () => undefined,
    hasStream: false,
    listeners: () => streams.size,
    push: (text) => {
      for (const stream of streams) {
        stream.chunks.push(text)
        stream.wake()
      }
    },
    hangUp: () => {
      for (const stream of streams) {
        stream.isEnded = true
        stream.wake()
      }
    },
    fetch: async (url, request) => {
      const path = new URL(url).pathname
      server.requests.push(`${request.method ?? 'GET'} ${path}`)
      server.sent.push(request)
      const fate = server.fates[path] ?? 'answer'
      if (fate === 'unreachable') throw new TypeError('fetch failed')
      if (typeof fate === 'object') return answer(fate.status, fate.text ?? '', fate.headers)
      const answered = path === '/v1/events' ? takeEvents(request) : give(path, request)
      if (fate === 'answer-lost') throw new TypeError('terminated')
      return answered
    },
  }

  function answer(
    status: number,
    text: string,
    headers: Readonly<Record<string, string>> = {},
  ): PlatformResponse {
    const date = time === undefined ? {} : { date: new Date(time.now).toUTCString() }
    const all = new Headers({ ...date, ...headers })
    return { status, headers: all, body: null, text: async () => text }
  }

  function takeEvents({ body = '' }: PlatformRequest): PlatformResponse {
    const duplicates: number[] = []
    const rejected: { index: number; code: string; message: string }[] = []
    for (const [index, line] of body.split('\n').entries()) {
      const event = JSON.parse(line) as HeliosEvent
      const code = server.refuse(event)
      server.arrivals.push(event.id)
      if (code !== undefined) rejected.push({ index, code, message: 'no' })
      else if (server.events.has(event.id)) duplicates.push(index)
      else server.events.set(event.id, event)
    }
    const accepted = body.split('\n').length - duplicates.length - rejected.length
    return answer(200, JSON.stringify({ accepted, duplicates, rejected } satisfies Receipt))
  }

  function give(path: string, { headers, signal }: PlatformRequest): PlatformResponse {
    if (path === '/v1/stream') return server.hasStream ? openStream(signal) : answer(404, '{}')
    const text = JSON.stringify({ definitions: server.definitions })
    const etag = tagOf(server.definitions)
    if (headers['if-none-match'] === etag) return answer(304, '', { etag })
    return answer(200, text, { etag })
  }

  function openStream(signal: AbortSignal): PlatformResponse {
    const stream: Stream = {
      chunks: [definitionsMessage(server.definitions)],
      wake: () => {},
      isEnded: false,
    }
    streams.add(stream)
    signal.addEventListener('abort', () => {
      stream.error = new Error('aborted')
      stream.wake()
    })
    const read = async (): Promise<{ done: boolean; value?: Uint8Array }> => {
      while (stream.chunks.length === 0 && !stream.isEnded && stream.error === undefined) {
        await new Promise<void>((resolve) => {
          stream.wake = resolve
        })
      }
      if (stream.error !== undefined || stream.isEnded) streams.delete(stream)
      if (stream.error !== undefined) throw stream.error
      const chunk = stream.chunks.shift()
      return chunk === undefined ? { done: true } : { done: false, value: new TextEncoder().encode(chunk) }
    }
    const response = answer(200, '', { 'content-type': 'text/event-stream; charset=utf-8' })
    return { ...response, body: { getReader: () => ({ read }) } }
  }

  return server
}

/** Two versions differ, so that is what the tag of this server is made of. */
export function tagOf(definitions: readonly unknown[]): string {
  const text = JSON.stringify(definitions)
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 31
  return `"${text.length}-${sum}"`
}

export function definitionsMessage(definitions: readonly unknown[]): string {
  return `event: definitions\ndata: ${JSON.stringify({ etag: tagOf(definitions) })}\n\n`
}

/** An experiment with two variants in halves. */
export function definitionOf(changes: Partial<ExperimentDefinition> = {}): ExperimentDefinition {
  return {
    key: 'greeting-tone',
    version: 2,
    status: 'running',
    unit: 'user',
    salt: 'greeting-tone/1',
    variants: [
      { key: 'calm', payload: { text: 'Hello.' } },
      { key: 'warm', payload: { text: 'Good to see you!' } },
    ],
    control: 'calm',
    slots: [
      { from: 0, to: 2 ** 31, variant: 'calm' },
      { from: 2 ** 31, to: 2 ** 32, variant: 'warm' },
    ],
    coverage: 2 ** 32,
    sticky: false,
    ...changes,
  }
}
