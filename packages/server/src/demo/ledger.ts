import type { Clock } from '@helios/engine'
import type { HeliosEvent, Receipt } from '@helios/sdk'
import { type DemoApi, RequestRefused } from './api.ts'
import type { DemoStatus } from './control.ts'

/** Far below what the server takes at once, so that it answers others in between. */
const BATCH_EVENTS = 4000

/** Sends events, and keeps account of what was sent and what was refused. */
export class Ledger {
  readonly #clock: Clock
  #unitsSent = 0
  #eventsSent = 0
  #refusedEvents = 0
  #refusedRequests = 0
  #last: DemoStatus['refused']['last']

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get counts(): Pick<DemoStatus, 'unitsSent' | 'eventsSent' | 'refused'> {
    const last = this.#last
    const refused = { events: this.#refusedEvents, requests: this.#refusedRequests }
    return {
      unitsSent: this.#unitsSent,
      eventsSent: this.#eventsSent,
      refused: last === undefined ? refused : { ...refused, last },
    }
  }

  /** Sends in batches, one after the other. What is refused is counted; nothing is thrown for it. */
  async send(api: DemoApi, events: readonly HeliosEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += BATCH_EVENTS) {
      const batch = events.slice(from, from + BATCH_EVENTS)
      const receipt = await this.attempt(() => api.sendEvents(batch))
      if (receipt) this.#enter(batch, receipt)
      else this.#refusedEvents += batch.length
    }
  }

  /** The answer; undefined when the request was refused, which is counted. */
  async attempt<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.#refusedRequests += 1
      this.#last = { code: error.code, message: error.message, at: this.#clock.now() }
      return undefined
    }
  }

  #enter(batch: readonly HeliosEvent[], { accepted, rejected }: Receipt): void {
    const refused = new Set(rejected.map(({ index }) => index))
    this.#unitsSent += batch.filter(({ type }, index) => type === 'exposure' && !refused.has(index)).length
    this.#eventsSent += accepted
    this.#refusedEvents += rejected.length
    const worst = rejected[0]
    if (worst) this.#last = { code: worst.code, message: worst.message, at: this.#clock.now() }
  }
}
