/** The stream on which a server tells that definitions changed. */
import { readEventStream } from './event-stream.ts'
import type { Transport } from './transport.ts'

/** Answers after which the same question is worth asking again, beside those of a server in trouble. */
const WORTH_RETRYING: readonly number[] = [401, 403, 408, 425, 429]

/**
 * Listens until the stream ends. It begins with what holds now, so nothing is missed between a question
 * before and here.
 *
 * @param onEtag told of the definitions that the server has
 * @param onBytes told of every sign of life
 * @returns whether it is worth listening again: not where a server, or a proxy, knows no streams
 * @throws what the transport throws when the stream breaks or is aborted
 */
export async function followStream(
  transport: Transport,
  signal: AbortSignal,
  onEtag: (etag: string | undefined) => void,
  onBytes: () => void,
): Promise<boolean> {
  const { status, headers, body } = await transport.open('/v1/stream?topics=definitions', signal)
  const isStream = status === 200 && /event-stream/.test(headers.get('content-type') ?? '')
  if (!isStream) return status >= 500 || WORTH_RETRYING.includes(status)
  const hear = (event: string, data: string): void => {
    if (event === 'definitions') onEtag((JSON.parse(data) as { etag?: string }).etag)
  }
  if (body) await readEventStream(body.getReader(), hear, onBytes)
  return true
}
