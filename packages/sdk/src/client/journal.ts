/**
 * Events that wait to be sent, in memory and in the storage.
 *
 * Every tab or process is an owner of its own, so two never write the same key. What an owner left behind
 * when it crashed is taken over by whoever notices.
 */
import type { HeliosEvent } from '../wire.ts'
import type { Chunk, Entry, Journals } from './chunk.ts'
import type { Platform } from './platform.ts'
import type { ClientStorage } from './storage.ts'

export interface Journal {
  /** Number of events that wait, those on their way included. */
  count(): number
  /** The answer is how many of the oldest events had to give way. */
  add(event: HeliosEvent, isStamped: boolean): number
  /**
   * Lends the oldest chunks that fit, always at least one, unless none waits. What is lent stays in the
   * storage, takes no more events, and is never dropped; it ends with `remove` or `giveBack`.
   */
  take(maximumChunks: number, maximumBytes: number): Chunk[]
  /** They are to be sent again. */
  giveBack(chunks: readonly Chunk[]): void
  /** They are done with. */
  remove(chunks: readonly Chunk[]): void
  /** Moves the times that our clock gave, in what is not lent. */
  moveTimes(milliseconds: number): void
  /** Goes before what is here; it is in the storage already. */
  adopt(chunks: readonly Chunk[]): void
  /** Ours and those of others. */
  readonly all: Journals
  /** Says that this owner lives, where tabs have no other way to know. */
  beat(): void
  /** From here on whoever starts may take over what is left. */
  release(): void
}

const CHUNK_EVENTS = 50
/** In UTF-16 units, so at most thrice as many bytes: a chunk always fits into a request of a page that ends. */
const CHUNK_SIZE = 12_000
const JOURNAL = 'journal:'
const ALIVE = 'alive:'

export function createJournal(storage: ClientStorage, platform: Platform, limit: number): Journal {
  const owner = platform.newId()
  const own = JOURNAL + owner
  const alive = ALIVE + owner
  // Half of all at most: the oldest give way a chunk at a time.
  const chunkEvents = Math.min(CHUNK_EVENTS, limit / 2)
  const unsaved = new Set<Chunk>()
  /** Oldest first. */
  let waiting: Chunk[] = []
  /** Those in lent chunks included. */
  let events = 0
  let unlock: (() => void) | undefined
  hold()

  /** A lock ends with its tab, so it proves that the tab lives. */
  function hold(): void {
    if (unlock) return
    const released = new Promise<void>((resolve) => {
      unlock = resolve
    })
    platform.locks?.request(alive, () => released).catch(() => {})
  }

  function openChunk(): Chunk {
    const last = waiting.at(-1)
    const isOpen = last?.key.startsWith(own) && last.entries.length < chunkEvents && last.size < CHUNK_SIZE
    if (last && isOpen) return last
    const chunk = { key: `${own}:${platform.newId()}`, entries: [], size: 0 }
    waiting.push(chunk)
    return chunk
  }

  /** Written once for all that happens in one go of the host program. */
  function save(chunk: Chunk): void {
    if (unsaved.size === 0) queueMicrotask(saveAll)
    unsaved.add(chunk)
  }

  function saveAll(): void {
    for (const chunk of unsaved) storage.set(chunk.key, textOf(chunk))
    unsaved.clear()
  }

  function remove(gone: readonly Chunk[]): void {
    for (const chunk of gone) {
      unsaved.delete(chunk)
      storage.remove(chunk.key)
      events -= chunk.entries.length
    }
  }

  /** The oldest give way, a chunk at a time, but never the newest chunk. */
  function shrink(): number {
    const before = events
    while (events > limit && waiting.length > 1) remove(waiting.splice(0, 1))
    return before - events
  }

  function giveBack(older: readonly Chunk[]): void {
    waiting = [...older, ...waiting]
  }

  return {
    count: () => events,
    add: (event, isStamped) => {
      const chunk = openChunk()
      const text = JSON.stringify(event)
      if (events === 0) beat()
      chunk.entries.push({ text, isStamped })
      chunk.size += text.length
      events += 1
      save(chunk)
      return shrink()
    },
    take: (maximumChunks, maximumBytes) => {
      let count = 0
      let bytes = 0
      for (const chunk of waiting) {
        bytes += new TextEncoder().encode(textOf(chunk)).length + 1
        if (count > 0 && (count === maximumChunks || bytes > maximumBytes)) break
        count += 1
      }
      return waiting.splice(0, count)
    },
    giveBack,
    remove,
    moveTimes: (milliseconds) => {
      for (const chunk of waiting) {
        chunk.entries = chunk.entries.map((entry) => moved(entry, milliseconds))
        save(chunk)
      }
    },
    adopt: (chunks) => {
      giveBack(chunks)
      for (const { entries } of chunks) events += entries.length
    },
    all: { storage, all: JOURNAL, own, alive: ALIVE },
    beat,
    release: () => {
      saveAll()
      storage.remove(alive)
      unlock?.()
      unlock = undefined
    },
  }

  function beat(): void {
    hold()
    if (!platform.locks) storage.set(alive, `${platform.now()}`)
  }
}

export function textOf({ entries }: Pick<Chunk, 'entries'>): string {
  return entries.map(({ text }) => text).join('\n')
}

function moved(entry: Entry, milliseconds: number): Entry {
  if (!entry.isStamped) return entry
  const event = JSON.parse(entry.text) as HeliosEvent & { at: number }
  return { text: JSON.stringify({ ...event, at: event.at + milliseconds }), isStamped: true }
}
