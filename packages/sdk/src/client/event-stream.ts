/** Server-sent events (HTML Standard, section 9.2), as much of them as Helios sends. */
import type { ByteReader } from './platform.ts'

/** Messages of Helios are far shorter; a stream that sends more without an end is none of ours. */
const LONGEST_MESSAGE = 65_536

/**
 * Reads messages until the stream ends.
 *
 * @param onMessage name of the event and its data
 * @param onBytes told of every arrival, comments that only keep the stream alive included
 */
export async function readEventStream(
  reader: ByteReader,
  onMessage: (event: string, data: string) => void,
  onBytes: () => void,
): Promise<void> {
  const decoder = new TextDecoder()
  let open = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onBytes()
    open += decoder.decode(value, { stream: true })
    const messages = open.split(/\r?\n\r?\n/)
    open = messages.pop() ?? ''
    if (open.length > LONGEST_MESSAGE) throw new RangeError('The stream holds no messages')
    for (const message of messages) onMessage(field(message, 'event'), field(message, 'data'))
  }
}

function field(message: string, name: string): string {
  return new RegExp(`^${name}: ?(.*)$`, 'm').exec(message)?.[1] ?? ''
}
