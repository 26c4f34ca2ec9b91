/**
 * What can go wrong in a client. Nothing here is ever thrown at the host program: each is told to `onError`.
 *
 * | code | what happened | what the client does |
 * |---|---|---|
 * | `unreachable` | no answer, a 5xx or 429, or an answer that is not of Helios | keeps everything, tries again with back-off; told once per outage |
 * | `key-refused` | 401 or 403: the key is wrong, revoked or lacks a scope | keeps everything, tries again every minute; told once |
 * | `event-rejected` | the server will never take this event; `event` has it | drops that event |
 * | `queue-overflow` | more events wait than `queueLimit` | drops the oldest; `status().dropped` counts them |
 * | `call-invalid` | a call with a bad unit, metric, value or time | ignores the call |
 * | `definition-invalid` | an experiment that this release cannot read | serves the fallback for that one |
 * | `storage-failed` | the storage is full, blocked or broken | goes on in memory; told once |
 * | `listener-failed` | a listener of `onChange` threw | goes on |
 * | `closed` | an event after `close()` | drops that event |
 */
export type ClientErrorCode =
  | 'unreachable'
  | 'key-refused'
  | 'event-rejected'
  | 'queue-overflow'
  | 'call-invalid'
  | 'definition-invalid'
  | 'storage-failed'
  | 'listener-failed'
  | 'closed'

export class HeliosClientError extends Error {
  override readonly name = 'HeliosClientError'
  readonly code: ClientErrorCode
  /** The event that was refused, as it was sent. */
  readonly event?: unknown

  constructor(code: ClientErrorCode, message: string, context?: ErrorContext) {
    super(message, context)
    this.code = code
    this.event = context?.event
  }
}

export interface ErrorContext {
  readonly cause?: unknown
  readonly event?: unknown
}

export type Report = (code: ClientErrorCode, message: string, context?: ErrorContext) => void
