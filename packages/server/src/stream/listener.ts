import type { ServerResponse } from 'node:http'

/** What a client wants to be told of. */
export interface Subscription {
  readonly definitions: boolean
  readonly summaries: boolean
  /** Key of an experiment whose numbers are watched. */
  readonly experiment?: string
}

export interface Listener {
  readonly subscription: Subscription
  /** Whether its key or session still opens the stream. */
  isWelcome(): boolean
  send(text: string): void
  end(): void
  /** Calls back once when the connection is gone, for whatever reason. */
  onGone(callback: () => void): void
}

/** Bytes that may wait for a client which does not read, before it is let go. */
const MAXIMUM_WAITING_BYTES = 1024 * 1024

/** A listener at the other end of an HTTP answer whose head was sent. */
export function httpListener(
  response: ServerResponse,
  subscription: Subscription,
  isWelcome: () => boolean,
): Listener {
  // Writing to a connection that broke a moment ago is no fault.
  response.on('error', () => {})
  return {
    subscription,
    isWelcome,
    // Asked before and not after: the first message may be long, and is owed to every client once.
    send: (text) => {
      if (response.writableLength > MAXIMUM_WAITING_BYTES) response.destroy()
      else if (!response.destroyed && !response.writableEnded) response.write(text)
    },
    // Who does not read what was sent would hold up the end.
    end: () => {
      if (response.writableLength > 0) response.destroy()
      else response.end(() => response.socket?.destroySoon())
    },
    onGone: (callback) => response.once('close', callback),
  }
}
