import type { Problem } from '@helios/sdk'

/** The server could not be reached at all: it stops, restarts, or the network is gone. */
export class UnreachableError extends Error {
  constructor() {
    super('The server does not answer.')
    this.name = 'UnreachableError'
  }
}

/** The server refused; `code` is stable, `message` is for people. */
export class RefusedError extends Error {
  readonly code: string
  readonly status: number
  /** Fields that have not the expected form. */
  readonly fields: readonly { readonly pointer: string; readonly message: string }[]

  constructor(problem: Problem & { readonly errors?: RefusedError['fields'] }) {
    super(problem.detail ?? problem.title)
    this.name = 'RefusedError'
    this.code = problem.code
    this.status = problem.status
    this.fields = problem.errors ?? []
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface RequestOptions {
  readonly method?: Method
  readonly body?: unknown
  /** Version that was read; the server refuses the change when somebody was quicker. */
  readonly version?: number
}

/** Asks the server, with the session's cookie. Throws UnreachableError or RefusedError. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body as T
  throw new RefusedError(isProblem(body) ? body : problemOf(response))
}

async function send(path: string, { method = 'GET', body, version }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (version !== undefined) headers['if-match'] = `"${version}"`
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    throw new UnreachableError()
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body
}

function problemOf({ status, statusText }: Response): Problem {
  return { type: 'about:blank', title: statusText || `Status ${status}`, status, code: `HTTP_${status}` }
}

/** Part of a path: keys come from people. */
export function segment(text: string): string {
  return encodeURIComponent(text)
}
