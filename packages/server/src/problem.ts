import { describeError, ERRORS, type ErrorCode, HeliosError } from '@helios/engine'
import type { Problem } from '@helios/sdk'
import type { FastifyError } from 'fastify'
import type { FieldProblem } from './validation.ts'

/** Refusals that only HTTP knows; the engine never raises them. */
export const TRANSPORT_ERRORS = {
  HEL_METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  HEL_BODY_TOO_LARGE: { status: 413, title: 'Body too large' },
  HEL_MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'Media type unsupported' },
  HEL_LOGIN_LINK_INVALID: { status: 401, title: 'Login link invalid' },
  HEL_TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many attempts' },
  HEL_CROSS_ORIGIN: { status: 403, title: 'Cross origin' },
  HEL_TOO_MANY_LISTENERS: { status: 503, title: 'Too many listeners' },
} as const

export type TransportCode = keyof typeof TRANSPORT_ERRORS
export type ProblemCode = ErrorCode | TransportCode

/** A refusal by HTTP itself, with the sentence that the client reads. */
export class TransportError extends Error {
  readonly code: TransportCode
  /** When to come back; absent where time does not help. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: TransportCode, detail: string, retryAfterSeconds?: number) {
    super(detail)
    this.name = 'TransportError'
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** RFC 9457: what went wrong, for programs (`code`, `status`) and for people (`title`, `detail`). */
export interface ProblemDocument extends Problem {
  readonly detail: string
  readonly code: ProblemCode
  /** This one occurrence: the id of the request, as a URN. */
  readonly instance: string
  readonly errors?: readonly FieldProblem[]
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8'

/** Section of the page that explains a code. */
export function typeOf(code: ProblemCode): string {
  return `/docs/errors#${code}`
}

/** `HEL_EXPERIMENT_NOT_FOUND` → `Experiment not found`: the same for every occurrence of a code. */
export function titleOf(code: ProblemCode): string {
  if (code in TRANSPORT_ERRORS) return TRANSPORT_ERRORS[code as TransportCode].title
  const words = code.slice('HEL_'.length).toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a client learns of an error. Errors that are not ours say nothing but where the log has them. */
export function problemOf(error: unknown, requestId: string): ProblemDocument {
  if (error instanceof HeliosError) return problem(error.code, error.message, requestId)
  if (error instanceof TransportError) return problem(error.code, error.message, requestId)
  const { code = '', validation, statusCode } = error as FastifyError
  if (validation) return invalidFields(error as FastifyError, requestId)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return problem(
      'HEL_BODY_TOO_LARGE',
      'The body is larger than this route takes; send it in parts.',
      requestId,
    )
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problem(
      'HEL_MEDIA_TYPE_UNSUPPORTED',
      'Send JSON with "Content-Type: application/json".',
      requestId,
    )
  }
  const isRefusal = code.startsWith('FST_') && statusCode !== undefined && statusCode < 500
  if (isRefusal) return invalid((error as FastifyError).message, requestId)
  return problem('HEL_INTERNAL', describeError('HEL_INTERNAL', { reference: requestId }), requestId)
}

function invalidFields(error: FastifyError, requestId: string): ProblemDocument {
  const errors = error.validation as unknown as readonly FieldProblem[]
  const sentence = errors
    .slice(0, 3)
    .map(({ pointer, message }) => `${pointer.slice(1) || 'the body'} ${message}`)
  return { ...invalid(sentence.join('; '), requestId), errors }
}

function invalid(problemText: string, requestId: string): ProblemDocument {
  const detail = describeError('HEL_REQUEST_INVALID', { problem: problemText.replace(/\.$/, '') })
  return problem('HEL_REQUEST_INVALID', detail, requestId)
}

function problem(code: ProblemCode, detail: string, requestId: string): ProblemDocument {
  const { status } =
    code in TRANSPORT_ERRORS ? TRANSPORT_ERRORS[code as TransportCode] : ERRORS[code as ErrorCode]
  return { type: typeOf(code), title: titleOf(code), status, detail, code, instance: `urn:uuid:${requestId}` }
}
