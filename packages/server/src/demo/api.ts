import type { HeliosEvent, Problem, Receipt } from '@helios/sdk'

const NO_ANSWER = 'NO_ANSWER'
const NOT_MODIFIED = 304

/** The server said no, or nothing at all. */
export class RequestRefused extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RequestRefused'
    this.code = code
    this.status = status
  }
}

/** The public HTTP API, as any customer reaches it. Every method throws RequestRefused. */
export interface DemoApi {
  get<Answer>(path: string): Promise<Answer>
  post<Answer>(path: string, body: unknown): Promise<Answer>
  sendEvents(events: readonly HeliosEvent[]): Promise<Receipt>
  /** The answer and its entity tag; undefined while the tag that is known still holds. */
  getIfChanged<Answer>(
    path: string,
    knownTag: string | undefined,
  ): Promise<{ readonly answer: Answer; readonly tag: string | undefined } | undefined>
}

export function demoApi(url: string, secret: string): DemoApi {
  const authorization = `Bearer ${secret}`
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { authorization, ...(init.headers as Record<string, string> | undefined) }
    const response = await answerTo(`${url}${path}`, { ...init, headers })
    if (response.ok || response.status === NOT_MODIFIED) return response
    throw refusalOf(response.status, await response.json().catch(() => undefined))
  }
  const send = (path: string, type: string, body: string): Promise<Response> =>
    call(path, { method: 'POST', headers: { 'content-type': type }, body })
  return {
    get: async <Answer>(path: string) => (await (await call(path, {})).json()) as Answer,
    post: async <Answer>(path: string, body: unknown) =>
      (await (await send(path, 'application/json', JSON.stringify(body))).json()) as Answer,
    sendEvents: async (events) =>
      (await (await send('/v1/events', 'application/json', JSON.stringify(events))).json()) as Receipt,
    getIfChanged: async <Answer>(path: string, knownTag: string | undefined) => {
      const response = await call(
        path,
        knownTag === undefined ? {} : { headers: { 'if-none-match': knownTag } },
      )
      if (response.status === NOT_MODIFIED) return undefined
      return { answer: (await response.json()) as Answer, tag: response.headers.get('etag') ?? undefined }
    },
  }
}

async function answerTo(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    throw new RequestRefused(NO_ANSWER, 0, 'The server does not answer.', { cause: error })
  }
}

function refusalOf(status: number, answer: unknown): RequestRefused {
  const { code = NO_ANSWER, detail = `Status ${status}.` } = (answer ?? {}) as Partial<Problem>
  return new RequestRefused(code, status, detail)
}
