import type { StreamMessages } from '@helios/sdk'

/** How long a client waits before it connects again, when the stream breaks. */
const RETRY_MILLISECONDS = 2000

/** First bytes of a stream. */
export const OPENING = `retry: ${RETRY_MILLISECONDS}\n\n`
/** A comment, which clients ignore: it keeps proxies from closing a quiet connection. */
export const HEARTBEAT = ':\n\n'

/** One server-sent event. JSON has no line breaks of its own, so its data is one line. */
export function message<Name extends keyof StreamMessages>(name: Name, data: StreamMessages[Name]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
