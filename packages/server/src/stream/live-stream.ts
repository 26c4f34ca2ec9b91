import type { Analysis, Helios } from '@helios/engine'
import type { FastifyBaseLogger } from 'fastify'
import type { Definitions } from '../definitions.ts'
import { TransportError } from '../problem.ts'
import type { Listener, Subscription } from './listener.ts'
import { HEARTBEAT, message, OPENING } from './message.ts'
import { SummaryLines } from './summary-lines.ts'

/** How often is looked for news while somebody listens. */
export interface StreamPace {
  readonly definitionsMilliseconds: number
  readonly numbersMilliseconds: number
  /** Also how soon a revoked key ends its stream. */
  readonly heartbeatMilliseconds: number
}

export const STREAM_PACE: StreamPace = {
  definitionsMilliseconds: 150,
  numbersMilliseconds: 1000,
  heartbeatMilliseconds: 15_000,
}
const MAXIMUM_LISTENERS = 1000
/** Some numbers change with time alone: the last hours, a duration that is exceeded. */
const LOOKS_BETWEEN_FULL_ONES = 10

interface Sources {
  readonly helios: Helios
  readonly definitions: Definitions
  readonly log: FastifyBaseLogger
}

/** What a listener was told last. */
interface Told {
  definitions: string | undefined
  results: string | undefined
}

/**
 * Tells everyone who listens what changed, from one look at Helios for all of them. Nothing is looked at
 * while nobody listens. The engine does not announce events, so looking is a matter of time.
 */
export class LiveStream {
  readonly #sources: Sources
  readonly #pace: StreamPace
  readonly #lines: SummaryLines
  readonly #listeners = new Map<Listener, Told>()
  #timers: NodeJS.Timeout[] = []
  #isLooking = false
  #looks = 0
  #seen: readonly unknown[] = []

  constructor(sources: Sources, pace: StreamPace = STREAM_PACE) {
    this.#sources = sources
    this.#pace = pace
    this.#lines = new SummaryLines(sources.helios)
  }

  /** Number of listeners. */
  get size(): number {
    return this.#listeners.size
  }

  /** Throws HEL_TOO_MANY_LISTENERS. */
  requireRoom(): void {
    if (this.size < MAXIMUM_LISTENERS) return
    throw new TransportError(
      'HEL_TOO_MANY_LISTENERS',
      `${MAXIMUM_LISTENERS} clients listen already, which is the most this server serves; poll instead, or try again.`,
    )
  }

  /**
   * Finds out all that a new listener has to be told at once; to be done before the answer begins, while an
   * error can still be an error. Answers with how to join. Throws HEL_EXPERIMENT_NOT_FOUND.
   */
  async prepare({ summaries, experiment }: Subscription): Promise<(listener: Listener) => void> {
    if (summaries && !this.#hasSummaryListeners()) this.#sendSummaries()
    const results = experiment === undefined ? undefined : (await this.#results(experiment)).fingerprint
    return (listener) => this.#join(listener, results)
  }

  #join(listener: Listener, results: string | undefined): void {
    const told: Told = { definitions: undefined, results }
    this.#listeners.set(listener, told)
    listener.onGone(() => this.#leave(listener))
    listener.send(OPENING)
    this.#tellDefinitions(listener, told)
    if (listener.subscription.summaries) listener.send(message('summaries', { summaries: this.#lines.all() }))
    if (this.#timers.length === 0) this.#start()
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener)
    if (this.#listeners.size === 0) this.#stop()
  }

  /** Ends every stream: the server stops. */
  end(): void {
    for (const listener of this.#listeners.keys()) listener.end()
    this.#listeners.clear()
    this.#stop()
  }

  #start(): void {
    const { definitionsMilliseconds, numbersMilliseconds, heartbeatMilliseconds } = this.#pace
    const every = (milliseconds: number, work: () => void): NodeJS.Timeout =>
      setInterval(() => this.#attempt(work), milliseconds).unref()
    this.#timers = [
      every(definitionsMilliseconds, () => this.#sendDefinitions()),
      every(numbersMilliseconds, () => void this.#sendNumbers()),
      every(heartbeatMilliseconds, () => this.#beat()),
    ]
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Clients connect again, and then get the error as an answer that says what it is. */
  #fail(error: unknown): void {
    if (this.size > 0) this.#sources.log.error({ err: error }, 'the live stream failed')
    this.end()
  }

  #beat(): void {
    for (const listener of this.#listeners.keys()) {
      if (listener.isWelcome()) listener.send(HEARTBEAT)
      else listener.end()
    }
  }

  #sendDefinitions(): void {
    for (const [listener, told] of this.#listeners) this.#tellDefinitions(listener, told)
  }

  #tellDefinitions(listener: Listener, told: Told): void {
    if (!listener.subscription.definitions) return
    const { tag } = this.#sources.definitions.current()
    if (told.definitions === tag) return
    told.definitions = tag
    listener.send(message('definitions', { etag: tag }))
  }

  async #sendNumbers(): Promise<void> {
    if (this.#isLooking || !this.#mayHaveChanged()) return
    this.#isLooking = true
    try {
      if (this.#hasSummaryListeners()) this.#sendSummaries()
      await this.#sendResults()
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#isLooking = false
    }
  }

  /** Cheap, so that an idle server stays idle while somebody watches it. */
  #mayHaveChanged(): boolean {
    const { helios, definitions } = this.#sources
    const seen = [helios.status().position, definitions.current(), ...helios.experiments.list()]
    const isSame = seen.length === this.#seen.length && seen.every((one, i) => one === this.#seen[i])
    this.#seen = seen
    this.#looks += 1
    return !isSame || this.#looks % LOOKS_BETWEEN_FULL_ONES === 0
  }

  #hasSummaryListeners(): boolean {
    return [...this.#listeners.keys()].some(({ subscription }) => subscription.summaries)
  }

  /** Also when it is only for somebody who is about to join: whoever joined meanwhile must not miss the news. */
  #sendSummaries(): void {
    const summaries = this.#lines.refresh()
    if (summaries.length === 0) return
    const text = message('summaries', { summaries })
    for (const listener of this.#listeners.keys()) if (listener.subscription.summaries) listener.send(text)
  }

  async #sendResults(): Promise<void> {
    const watched = new Set([...this.#listeners.keys()].map(({ subscription }) => subscription.experiment))
    for (const experiment of watched) {
      if (experiment === undefined) continue
      const { fingerprint, text } = await this.#results(experiment)
      for (const [listener, told] of this.#listeners) {
        if (listener.subscription.experiment !== experiment || told.results === fingerprint) continue
        told.results = fingerprint
        listener.send(text)
      }
    }
  }

  /** What a watcher of an experiment is told, and all the numbers behind it as one text to compare. */
  async #results(experiment: string): Promise<{ fingerprint: string; text: string }> {
    const { helios } = this.#sources
    const { version } = helios.experiments.get(experiment)
    const analysis = await helios.analyse(experiment, { evenIfMisleading: true })
    const text = message('results', { experiment, version, units: analysis.units })
    return { fingerprint: `${text}${JSON.stringify(numbersOf(analysis))}`, text }
  }
}

/** Without what is concluded from them, whose words change with the time of day. */
function numbersOf({ health, stopping, recommendations, ...numbers }: Analysis): object {
  return numbers
}
