/** Sends what the journal holds: in batches, one request at a time, until the server has answered for each. */
import type { HeliosEvent, Receipt } from '../wire.ts'
import type { Chunk } from './chunk.ts'
import type { Report } from './errors.ts'
import { type Journal, textOf } from './journal.ts'
import type { Platform } from './platform.ts'
import type { Answer, Transport } from './transport.ts'

/** What a flush did. Nothing of it is lost when it fails: `queued` events wait for the next one. */
export interface FlushReport {
  /** Events that are durable on the server. */
  readonly sent: number
  /** Events that the server will never take. */
  readonly rejected: number
  /** Events that still wait. */
  readonly queued: number
}

export interface Queue {
  add(event: HeliosEvent, isStamped: boolean): void
  flush(): Promise<FlushReport>
  /** Sends what fits into one request that outlives the page. */
  leave(): void
  /** Sends soon what is there. */
  wake(): void
  close(): void
  dropped(): number
}

export interface QueueOptions {
  readonly flushMilliseconds: number
  readonly queueLimit: number
}

const BATCH_CHUNKS = 10
const BATCH_BYTES = 256 * 1024
/** Browsers let requests that outlive their page carry 64 KiB together. */
const LEAVING_BYTES = 60_000
const FLUSH_AT_EVENTS = 100
const LONGEST_REASON = 300
/** The server has read the batch, and will say the same to it every time. */
const NEVER_TAKEN: readonly number[] = [400, 413, 415, 422]

export function createQueue(
  journal: Journal,
  platform: Platform,
  transport: Transport,
  report: Report,
  { flushMilliseconds, queueLimit }: QueueOptions,
): Queue {
  const ask = transport.channel('/v1/events')
  let cancelTimer: (() => void) | undefined
  let sending: Promise<void> | undefined
  let failures = 0
  let batchChunks = BATCH_CHUNKS
  let isClosed = false
  let dropped = 0
  let sent = 0
  let rejected = 0

  function schedule(milliseconds: number): void {
    cancelTimer?.()
    cancelTimer = isClosed ? undefined : platform.setTimer(() => void send(), milliseconds)
  }

  /** A back-off under way decides by itself when to go on. */
  function wake(): void {
    if (sending || failures > 0 || journal.count() === 0) return
    if (journal.count() >= FLUSH_AT_EVENTS) schedule(0)
    else if (!cancelTimer) schedule(flushMilliseconds)
  }

  /** Whoever asks while batches are under way waits for those. */
  function send(): Promise<void> {
    cancelTimer?.()
    cancelTimer = undefined
    sending ??= sendAll().finally(() => {
      sending = undefined
      wake()
    })
    return sending
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const batch = journal.take(batchChunks, BATCH_BYTES)
      if (batch.length === 0) return
      const wait = await sendBatch(batch)
      if (wait === undefined) continue
      failures += 1
      return schedule(Math.max(wait, transport.backOff(failures)))
    }
  }

  /** Undefined when the server has answered for each event; else the milliseconds to wait at least. */
  async function sendBatch(batch: readonly Chunk[], keepalive = false): Promise<number | undefined> {
    const headers = { 'content-type': 'application/x-ndjson' }
    const body = batch.map(textOf).join('\n')
    const verdict = await ask({ method: 'POST', headers, body, keepalive }, verdictOf)
    if (typeof verdict !== 'number') return settle(batch, verdict)
    journal.giveBack(batch)
    return verdict
  }

  function settle(batch: readonly Chunk[], { refused, receipt }: Verdict): undefined {
    failures = 0
    if (refused !== undefined && batch.length > 1) {
      // One bad part, or a proxy with a small limit, must not take a whole batch along: it is sent in parts.
      batchChunks = batch.length >> 1
      return journal.giveBack(batch) as undefined
    }
    const entries = batch.flatMap((chunk) => chunk.entries)
    const items =
      receipt?.rejected ?? entries.map((_, index) => ({ index, code: 'refused', message: refused }))
    journal.remove(batch)
    batchChunks = Math.min(BATCH_CHUNKS, batchChunks * 2)
    sent += entries.length - items.length
    rejected += items.length
    for (const { index, code, message } of items) {
      report('event-rejected', `${code}: ${message}`, { event: parsed(entries[index]?.text) })
    }
  }

  return {
    add: (event, isStamped) => {
      const lost = journal.add(event, isStamped)
      if (lost > 0) {
        dropped += lost
        report('queue-overflow', `More than ${queueLimit} events wait; the oldest ${lost} were dropped`)
      }
      wake()
    },
    flush: async () => {
      const before = { sent, rejected }
      // Events that came while others were under way need a round of their own.
      if (sending !== undefined) await sending
      await send()
      return { sent: sent - before.sent, rejected: rejected - before.rejected, queued: journal.count() }
    },
    leave: () => {
      const batch = journal.take(Number.POSITIVE_INFINITY, LEAVING_BYTES)
      if (batch.length > 0) void sendBatch(batch, true)
    },
    wake,
    close: () => {
      isClosed = true
      cancelTimer?.()
      journal.release()
    },
    dropped: () => dropped,
  }
}

/** A receipt for each event, or why the server took none. */
interface Verdict {
  readonly receipt?: Receipt
  readonly refused?: string
}

/** Undefined when it is none: a proxy or a login page may answer 200 to anything. */
function verdictOf({ status, text }: Answer): Verdict | undefined {
  if (NEVER_TAKEN.includes(status)) return { refused: text.slice(0, LONGEST_REASON) }
  if (status !== 200) return undefined
  const receipt = JSON.parse(text) as Receipt
  const isReceipt = receipt.accepted >= 0 && receipt.rejected.every(({ index }) => index >= 0)
  return isReceipt ? { receipt } : undefined
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text as string)
  } catch {
    return text
  }
}
