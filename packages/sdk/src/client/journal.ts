/**
 * Events that wait to be sent, in memory and in the storage.
 *
 * Every tab or process is an owner of its own, so two never write the same key. What an owner left behind
 * when it crashed is taken over by whoever notices.
 */
import type { HeliosEvent } from '../wire.ts'
import type { Chunk, Entry, JournalNames } from './chunk.ts'
import type { Platform } from './platform.ts'
import type { ClientStorage } from './storage.ts'

export interface Journal {
  /** Number of events that wait, those on their way included. */
  count(): number
  /** The answer is how many of the oldest events had to give way. */
  add(event: HeliosEvent, isStamped: boolean): number
  /** Marks the oldest chunks that fit as on their way; always at least one, unless none waits. */
  take(maximumChunks: number, maximumBytes: number): Chunk[]
  /** They stay, to be sent again. */
  giveBack(chunks: readonly Chunk[]): void
  /** They are done with. */
  remove(chunks: readonly Chunk[]): void
  /** Moves the times that our clock gave. */
  moveTimes(milliseconds: number): void
  /** Goes before what is here; it is in the storage already. */
  adopt(chunks: readonly Chunk[]): void
  readonly names: JournalNames
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

export function createJournal(
  storage: ClientStorage,
  platform: Platform,
  options: { readonly limit: number; readonly lockPrefix: string },
): Journal {
  const owner = platform.newId()
  const own = JOURNAL + owner
  const alive = ALIVE + owner
  const chunkEvents = Math.max(1, Math.min(CHUNK_EVENTS, Math.floor(options.limit / 2)))
  const unsaved = new Set<Chunk>()
  let chunks: Chunk[] = []
  let events = 0
  let unlock: (() => void) | undefined
  hold()

  /** A lock ends with its tab, so it proves that the tab lives. */
  function hold(): void {
    if (unlock) return
    const released = new Promise<void>((resolve) => {
      unlock = resolve
    })
    platform.locks?.request(options.lockPrefix + owner, () => released).catch(() => {})
  }

  function openChunk(): Chunk {
    const last = chunks.at(-1)
    const isOpen =
      last?.key.startsWith(own) &&
      !last.isSending &&
      last.entries.length < chunkEvents &&
      last.size < CHUNK_SIZE
    if (last && isOpen) return last
    const chunk = { key: `${own}:${platform.newId()}`, entries: [], size: 0, isSending: false }
    chunks.push(chunk)
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
    }
    chunks = chunks.filter((chunk) => !gone.includes(chunk))
    events = chunks.reduce((sum, { entries }) => sum + entries.length, 0)
  }

  /** The oldest give way, a chunk at a time; neither what is on its way nor the newest chunk does. */
  function shrink(): number {
    const before = events
    while (events > options.limit) {
      const oldest = chunks.find(({ isSending }) => !isSending)
      if (oldest === undefined || oldest === chunks.at(-1)) break
      remove([oldest])
    }
    return before - events
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
      const taken: Chunk[] = []
      let bytes = 0
      for (const chunk of chunks) {
        if (chunk.isSending) continue
        bytes += new TextEncoder().encode(textOf(chunk)).length + 1
        if (taken.length > 0 && (taken.length === maximumChunks || bytes > maximumBytes)) break
        chunk.isSending = true
        taken.push(chunk)
      }
      return taken
    },
    giveBack: (taken) => {
      for (const chunk of taken) chunk.isSending = false
    },
    remove,
    moveTimes: (milliseconds) => {
      for (const chunk of chunks) {
        if (chunk.isSending) continue
        chunk.entries = chunk.entries.map((entry) => moved(entry, milliseconds))
        save(chunk)
      }
    },
    adopt: (adopted) => {
      chunks = [...adopted, ...chunks]
      remove([])
    },
    names: { all: JOURNAL, own, alive: ALIVE, lock: options.lockPrefix },
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
