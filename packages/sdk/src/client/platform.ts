/** The slice of browsers, Node, Deno and Bun that the client uses; a test gives a platform of its own. */
import { secureRandom, uuidv7 } from '../uuid.ts'
import type { ClientStorage } from './storage.ts'

export interface Platform {
  /** Milliseconds since 1970, as the clock of this machine has it. */
  now(): number
  /** Uniform in [0, 1). */
  random(): number
  newId(): string
  /**
   * Runs once, later; the answer cancels it. A timer keeps no process alive, unless somebody waits for it.
   */
  setTimer(run: () => void, milliseconds: number, isAwaited?: boolean): () => void
  fetch(url: string, request: PlatformRequest): Promise<PlatformResponse>
  /** May throw: browsers block storage by throwing when it is looked at. */
  storage(): ClientStorage | undefined
  /** Absent where there is no page. */
  readonly page?: Page | undefined
  /** Absent where tabs cannot know of each other. */
  readonly locks?: Locks | undefined
}

/** As `fetch` takes it. */
export interface PlatformRequest {
  readonly method?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  readonly keepalive?: boolean
  readonly cache: 'no-store'
}

export interface PlatformResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: { getReader(): ByteReader } | null
  text(): Promise<string>
}

export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
}

export type PageChange = 'visible' | 'hidden' | 'leaving'

export interface Page {
  isVisible(): boolean
  /** The query part of the address, from `?` on. */
  query(): string
  /** The answer ends the subscription. */
  onChange(listener: (change: PageChange) => void): () => void
}

/** Locks that end with the tab that holds them (Web Locks). */
export interface Locks {
  /** Holds the lock of this name until what `run` answers is settled. */
  request(name: string, run: () => Promise<void>): Promise<unknown>
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>
}

/** Described here because neither Node's types nor the browser's have them all. */
interface Globals {
  readonly document?: Document
  readonly localStorage: WebStorage
  readonly location: { readonly search: string }
  readonly navigator?: { readonly locks?: Locks }
  addEventListener: Listen
  setTimeout(run: () => void, milliseconds: number): { unref?(): void }
  clearTimeout(timer: unknown): void
  fetch(url: string, request: PlatformRequest): Promise<PlatformResponse>
}

type Listen = (name: string, listener: () => void, options: { readonly signal: AbortSignal }) => void

interface Document {
  readonly visibilityState: string
  addEventListener: Listen
}

interface WebStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const globals = globalThis as unknown as Globals

export function createPlatform(): Platform {
  const { document, navigator } = globals
  return {
    now: () => Date.now(),
    random: secureRandom,
    newId: uuidv7,
    setTimer,
    fetch: (url, request) => globals.fetch(url, request),
    // Without a page, a global storage belongs to the whole program, or asks for a flag.
    storage: () => document && webStorage(globals.localStorage),
    page: document && webPage(document),
    locks: document && navigator?.locks,
  }
}

function setTimer(run: () => void, milliseconds: number, isAwaited?: boolean): () => void {
  const timer = globals.setTimeout(run, milliseconds)
  // Browsers have numbers for timers.
  if (!isAwaited) timer.unref?.()
  return () => globals.clearTimeout(timer)
}

function webStorage(storage: WebStorage): ClientStorage {
  return {
    get: (key) => storage.getItem(key),
    set: (key, value) => storage.setItem(key, value),
    remove: (key) => storage.removeItem(key),
    keys: () => Object.keys(storage),
  }
}

function webPage(document: Document): Page {
  const isVisible = (): boolean => document.visibilityState !== 'hidden'
  return {
    isVisible,
    query: () => globals.location.search,
    onChange: (listener) => {
      const abort = new AbortController()
      const visibility = (): void => listener(isVisible() ? 'visible' : 'hidden')
      document.addEventListener('visibilitychange', visibility, abort)
      // A page that comes back from the cache of a browser shows itself again.
      globals.addEventListener('pageshow', visibility, abort)
      globals.addEventListener('pagehide', () => listener('leaving'), abort)
      return () => abort.abort()
    },
  }
}
