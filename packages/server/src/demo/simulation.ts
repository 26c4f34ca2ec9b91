import { type Clock, DAY_MILLISECONDS, type Helios, HeliosError, systemClock } from '@helios/engine'
import type { KeyStore } from '../keys/key-store.ts'
import { demoApi } from './api.ts'
import type { DemoControl, DemoStatus } from './control.ts'
import { type DemoClock, demoClock } from './demo-clock.ts'
import { DueEvents } from './due-events.ts'
import { FetchedDefinitions } from './fetched-definitions.ts'
import { type History, makeHistory } from './history.ts'
import { Ledger } from './ledger.ts'
import { sendLiveTraffic } from './live.ts'
import { SIMULATED_TAG } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

export const HISTORY_DAYS = 6
/** An interrupted history goes on where it was, but not over weeks in which nobody ran the demo. */
const LONGEST_HISTORY_DAYS = 7
const KEY_NAME = 'Simulated traffic'

export interface SimulationOptions {
  readonly seed: number
  readonly speed: number
  readonly historyDays?: number
  /** Real time. */
  readonly system?: Clock
}

/** What the traffic needs of a server that listens. */
export interface RunningServer {
  readonly url: string
  readonly keys: KeyStore
}

/** Told how the history goes on, and of an end that nobody asked for. */
export interface SimulationEvents {
  readonly onProgress?: (share: number) => void
  /** @param isComplete false when the traffic had to stop before */
  readonly onHistoryEnd?: (isComplete: boolean) => void
  readonly onFailure?: (error: unknown) => void
}

/** Simulated visitors of one server, from the first of the history to the stop. */
export class Simulation implements DemoControl {
  /** Time for the engine behind the server. */
  readonly clock: DemoClock
  readonly #options: Required<SimulationOptions>
  readonly #abort = new AbortController()
  readonly #ledger: Ledger
  #history: History | undefined
  #share = 1
  #speed: number
  #running: Promise<void> = Promise.resolve()

  constructor(options: SimulationOptions) {
    this.#options = { historyDays: HISTORY_DAYS, system: systemClock, ...options }
    this.clock = demoClock(this.#options.system)
    this.#ledger = new Ledger(this.#options.system)
    this.#speed = options.speed
  }

  prepare(helios: Helios): void {
    this.#history = missingHistory(helios, this.#options)
    if (!this.#history) return
    this.#share = 0
    // From the first moment on: what the server took in before would lie in the future of the history.
    this.clock.hold(this.#history.from)
  }

  status(): DemoStatus {
    const { seed, historyDays } = this.#options
    return {
      simulated: true,
      seed,
      speed: this.#speed,
      ...this.#ledger.counts,
      history: { days: historyDays, share: this.#share },
      scenarios: SCENARIOS.map(({ experiment, truth }) => ({
        experiment: experiment.key,
        truth: truth.summary,
      })),
    }
  }

  setSpeed(speed: number): void {
    this.#speed = speed
  }

  /** Makes the history, unless the store has it, then sends live traffic; in the background. */
  start(server: RunningServer, events: SimulationEvents = {}): void {
    this.#running = this.#run(server, events).catch((error: unknown) => events.onFailure?.(error))
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#running
  }

  async #run({ url, keys }: RunningServer, events: SimulationEvents): Promise<void> {
    const run = keys.list().filter(({ name }) => name === KEY_NAME).length
    const { key, secret } = await keys.create({
      name: KEY_NAME,
      scopes: ['decide', 'ingest', 'admin'],
      by: 'helios demo',
    })
    try {
      await this.#send(demoApi(url, secret), run, events)
    } finally {
      this.clock.release()
      await keys.revoke(key.id, 'helios demo')
    }
  }

  async #send(api: ReturnType<typeof demoApi>, run: number, events: SimulationEvents): Promise<void> {
    const { seed, system } = this.#options
    const world = {
      scenarios: SCENARIOS,
      seed,
      api,
      clock: this.clock,
      system,
      definitions: new FetchedDefinitions(api, system),
      due: new DueEvents(),
      ledger: this.#ledger,
      signal: this.#abort.signal,
    }
    if (this.#history) {
      await makeHistory(world, this.#history, (share) => {
        this.#share = share
        events.onProgress?.(share)
      })
      this.clock.release()
      const isComplete = !this.#abort.signal.aborted
      if (isComplete) this.#share = 1
      events.onHistoryEnd?.(isComplete)
    }
    await sendLiveTraffic(world, run, () => this.#speed)
  }
}

/** The past that this store lacks; undefined when it has all of it. Throws HEL_USAGE for a store of another use. */
function missingHistory(
  helios: Helios,
  { historyDays, system }: Required<SimulationOptions>,
): History | undefined {
  const now = system.now()
  const plannedMilliseconds = historyDays * DAY_MILLISECONDS
  const experiments = helios.experiments.list()
  if (experiments.length === 0 && helios.status().position === 0) {
    return { from: now - plannedMilliseconds, to: now, plannedMilliseconds }
  }
  const [first, last] = [SCENARIOS[0], SCENARIOS.at(-1)].map((scenario) =>
    experiments.find(({ key, tags }) => key === scenario?.experiment.key && tags.includes(SIMULATED_TAG)),
  )
  if (!first) {
    throw new HeliosError('HEL_USAGE', {
      problem:
        'This store holds experiments that are not simulated, and stays as it is; give the demo a store of its own with --path',
    })
  }
  if (last) return undefined
  const from = first.createdAt
  const latest = from + LONGEST_HISTORY_DAYS * DAY_MILLISECONDS
  return { from, to: Math.min(now, latest), plannedMilliseconds }
}
