import type { StreamMessages } from '@helios/sdk'

type Name = keyof StreamMessages
/** One server-sent event, read. */
export type StreamMessage = {
  readonly [N in Name]: { readonly name: N; readonly data: StreamMessages[N] }
}[Name]

/** A stream that is being read. */
export interface EventStream {
  readonly status: number
  readonly headers: Headers
  /** Everything that came so far, as it came. */
  readonly text: () => string
  /** The next message. Rejects when the stream ends before one comes. */
  next(): Promise<StreamMessage>
  /** Resolves with the messages that nobody asked for, when the server ends the stream. */
  ended(): Promise<readonly StreamMessage[]>
  close(): void
}

/** Listens over a socket, as a client does. */
export async function openEventStream(
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<EventStream> {
  const abort = new AbortController()
  const response = await fetch(address, { headers, signal: abort.signal })
  let text = ''
  const messages = messagesOf(response, (chunk) => {
    text += chunk
  })
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    next: async () => {
      const { value, done } = await messages.next()
      if (done) throw new Error(`the stream ended after ${JSON.stringify(text.slice(-200))}`)
      return value
    },
    ended: async () => {
      const rest: StreamMessage[] = []
      for await (const one of messages) rest.push(one)
      return rest
    },
    close: () => abort.abort(),
  }
}

async function* messagesOf(
  response: Response,
  onText: (chunk: string) => void,
): AsyncGenerator<StreamMessage, undefined> {
  let buffer = ''
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(
    new TextDecoderStream(),
  )) {
    onText(chunk)
    buffer += chunk
    const blocks = buffer.split('\n\n')
    buffer = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.+)$/.exec(block) ?? []
      if (name !== undefined) yield { name, data: JSON.parse(data as string) } as StreamMessage
    }
  }
  return undefined
}
