import { HeliosError } from '@helios/engine'
import type { Problem } from '@helios/sdk'
import { readEnvironment } from '../environment.ts'

/** A running server, and the key to it. */
export interface Server {
  readonly url: string
  readonly key: string | undefined
}

export const USUAL_URL = 'http://127.0.0.1:4300'

/** The running server that a command talks to, by its flags, else by the environment. */
export function serverOf({ url, key }: { readonly url?: string; readonly key?: string }): Server {
  const environment = readEnvironment()
  return { url: url ?? environment.url ?? USUAL_URL, key: key ?? environment.key }
}

/** The server understood and said no. */
export class RefusedError extends Error {
  readonly code: string

  constructor({ code, detail }: Pick<Problem, 'code' | 'detail'>) {
    super(detail)
    this.name = 'RefusedError'
    this.code = code
  }
}

/** Asks a running server. Throws HEL_USAGE when none answers, or without a key; RefusedError when it says no. */
export async function callApi<Answer>(
  server: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const { url, key } = server
  if (key === undefined) throw usage('Give an admin key with --key, or in HELIOS_KEY')
  const response = await send(server, key, method, path, body)
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as Answer
  throw refusal(answer, url, response.status)
}

/** Reads what a running server answers as it is written; see {@link callApi}. A key with the scope `read` will do. */
export async function readText(server: Server, path: string): Promise<string> {
  const { url, key } = server
  if (key === undefined) throw usage('Give a key that may read with --key, or in HELIOS_KEY')
  const response = await send(server, key, 'GET', path)
  if (response.ok) return response.text()
  const answer: unknown = await response.json().catch(() => undefined)
  throw refusal(answer, url, response.status)
}

function send(server: Server, key: string, method: string, path: string, body?: unknown): Promise<Response> {
  const { url } = server
  if (!URL.canParse(url)) throw usage(`"${url}" is not an address; write it like http://127.0.0.1:4300`)
  return request(url, `${url.replace(/\/+$/, '')}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

function refusal(answer: unknown, url: string, status: number): RefusedError {
  return new RefusedError(isProblem(answer) ? answer : notHelios(url, status))
}

async function request(url: string, address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    const problem = `No Helios answers at ${url}; start one with "helios serve", or give its address with --url`
    throw new HeliosError('HEL_USAGE', { problem }, { cause: error })
  }
}

function isProblem(answer: unknown): answer is Problem {
  return (
    typeof (answer as Problem | undefined)?.code === 'string' &&
    typeof (answer as Problem).detail === 'string'
  )
}

function notHelios(url: string, status: number): Pick<Problem, 'code' | 'detail'> {
  return {
    code: 'HEL_INTERNAL',
    detail: `What answers at ${url} (status ${status}) does not seem to be Helios.`,
  }
}

function usage(problem: string): HeliosError {
  return new HeliosError('HEL_USAGE', { problem })
}
