/** A platform whose time, chance, storage and page are in the hands of a test. */
import { uuidv7 } from '../../uuid.ts'
import type { Locks, Page, PageChange, Platform, PlatformRequest, PlatformResponse } from '../platform.ts'
import { type ClientStorage, memoryStorage } from '../storage.ts'

export interface FakeOptions {
  readonly fetch: (url: string, request: PlatformRequest) => Promise<PlatformResponse>
  readonly storage?: ClientStorage | (() => ClientStorage | undefined)
  /** With a page: its query, like `?a=b`. */
  readonly query?: string
  readonly isHidden?: boolean
  /** Names of locks that are held, shared by all tabs of a browser. */
  readonly locks?: Set<string>
  /** Milliseconds by which the clock of this machine is ahead. */
  readonly aheadMilliseconds?: number
}

export interface FakePlatform extends Platform {
  /** Lets time pass, and everything happen that is due; in steps, so that timers set by timers fire too. */
  advance(milliseconds: number): Promise<void>
  show(change: PageChange): void
  /** The process ends here: no timer fires any more, and its locks are gone. */
  kill(): void
  /** Timers that are set. */
  timers(): number
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** One clock for everything in a test. */
export interface Time {
  now: number
}

/** Seed of the next platform: no two may draw the same ids. */
let platforms = 0

export const START = Date.UTC(2026, 0, 15, 12)

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await undefined
}

export function fakePlatform(options: FakeOptions, time: Time = { now: START }): FakePlatform {
  const { storage = memoryStorage(), aheadMilliseconds = 0, query, locks } = options
  platforms += 1
  const random = seeded(platforms)
  const timers = new Set<Timer>()
  const listeners = new Set<(change: PageChange) => void>()
  const own = new Set<string>()
  let isVisible = options.isHidden !== true
  let isDead = false

  const page: Page = {
    isVisible: () => isVisible,
    query: () => query ?? '',
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const webLocks = locks && locksOf(locks, own)

  async function advance(milliseconds: number): Promise<void> {
    const end = time.now + milliseconds
    await settle()
    for (;;) {
      const next = [...timers].sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      time.now = Math.max(time.now, next.at)
      timers.delete(next)
      next.run()
      await settle()
    }
    time.now = end
  }

  return {
    now: () => time.now + aheadMilliseconds,
    random,
    newId: () => uuidv7(time.now, random),
    setTimer: (run, milliseconds) => {
      const timer = { at: time.now + milliseconds, run }
      if (!isDead) timers.add(timer)
      return () => void timers.delete(timer)
    },
    fetch: (url, request) => (isDead ? new Promise(() => {}) : options.fetch(url, request)),
    storage: () => (typeof storage === 'function' ? storage() : storage),
    ...(query !== undefined && { page }),
    ...(webLocks && { locks: webLocks }),
    advance,
    show: (change) => {
      isVisible = change === 'visible'
      for (const listener of listeners) listener(change)
    },
    kill: () => {
      isDead = true
      timers.clear()
      for (const name of own) locks?.delete(name)
    },
    timers: () => timers.size,
  }
}

function locksOf(all: Set<string>, own: Set<string>): Locks {
  return {
    request: async (name, run) => {
      all.add(name)
      own.add(name)
      await run()
      all.delete(name)
    },
    query: async () => ({ held: [...all].map((name) => ({ name })) }),
  }
}

/** A reproducible generator (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
