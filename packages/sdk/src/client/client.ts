/** The client: decides locally, exposes what is used, and sends what was measured. */
import type { ExposureEvent, HeliosEvent, Json } from '../wire.ts'
import type { Background } from './background.ts'
import { checkName, checkOutcome, isUnit } from './calls.ts'
import { createDecide, fallbackDecision } from './decisions.ts'
import { type ClientChange, createDefinitions } from './definitions.ts'
import { createJournal } from './journal.ts'
import { loadBackground } from './load-background.ts'
import { createOverrides } from './overrides.ts'
import { createPlatform, type PageChange } from './platform.ts'
import { createQueue } from './queue.ts'
import { recentSet } from './recent.ts'
import { rememberVariants } from './remembered-variants.ts'
import { createReporter } from './reporting.ts'
import { guardedStorage } from './storage.ts'
import { createTransport } from './transport.ts'
import type { ClientDecision, ClientOptions, DecisionOptions, HeliosClient } from './types.ts'

const READY_MILLISECONDS = 3000
const TICK_MILLISECONDS = 30_000
const MAXIMUM_EXPOSURES = 10_000
const ANONYMOUS_UNIT = 'anonymous-unit'

/**
 * Connects to a Helios server, and starts fetching definitions at once.
 *
 * @typeParam Experiments payload of each experiment, like `{ 'greeting-tone': { text: string } }`; any JSON
 *   under any key by default
 * @param platform what the client runs on; found out when left away
 * @param load loads what is not needed at once
 * @example
 * const helios = createClient({ url: 'http://127.0.0.1:4300', key: 'hel_…' })
 * const { payload } = helios.use('greeting-tone', { unit: 'u42', fallback: { text: 'Hello' } })
 * helios.observe({ unit: 'u42', metric: 'satisfaction_rating', value: 0.9 })
 */
export function createClient<Experiments extends object = Readonly<Record<string, Json>>>(
  options: ClientOptions,
  platform = createPlatform(),
  load = loadBackground,
): HeliosClient<Experiments> {
  const { page, newId } = platform
  const { stream = page !== undefined, pollMilliseconds = 30_000, flushMilliseconds = 1000 } = options
  const { queueLimit = 10_000, onError = (error) => console.warn(`${error}`) } = options
  const url = `${options.url}`.replace(/\/+$/, '')
  const listeners = new Set<(change: ClientChange) => void>()
  const exposed = recentSet(MAXIMUM_EXPOSURES)
  let isClosed = false

  const { report, last, attempt } = createReporter(onError)
  const storage = guardedStorage(`helios:${url}:`, () => options.storage ?? platform.storage(), report)
  const remembered = rememberVariants(storage)
  const overrides = createOverrides(storage, options.allowAddressOverrides ? page : undefined)
  const journal = createJournal(storage, platform, queueLimit)
  const transport = createTransport({ url, key: options.key }, platform, report, journal.moveTimes)
  const queue = createQueue(journal, platform, transport, report, { flushMilliseconds, queueLimit })
  const definitions = createDefinitions(storage, transport, report, tell)
  const decide = createDecide(definitions, remembered, overrides)
  let background: Background | undefined
  let stopTicking: () => void
  const forgetPage = page?.onChange(follow)
  tick()

  function tell(change: ClientChange): void {
    for (const listener of listeners) attempt('listener-failed', 'onChange', () => listener(change))
  }

  /** Asks for definitions until there is a background, which may be out of reach. */
  function tick(): void {
    stopTicking = platform.setTimer(tick, TICK_MILLISECONDS)
    void definitions.refresh()
    load().then(start, () => {})
  }

  function start({ startBackground }: Awaited<ReturnType<typeof load>>): void {
    if (isClosed || background) return
    stopTicking()
    const liveOptions = { stream, pollMilliseconds }
    background = startBackground(journal, queue, platform, definitions, transport, liveOptions)
    if (page && !page.isVisible()) background.sleep()
  }

  function follow(change: PageChange): void {
    if (change === 'visible') {
      background?.wake()
      return
    }
    background?.sleep()
    queue.leave()
    if (change === 'leaving') journal.release()
  }

  function send(event: HeliosEvent, isStamped = true): void {
    if (isClosed) report('closed', 'The client is closed; the event is dropped', { event })
    else queue.add(event, isStamped)
  }

  function expose(decision: ReturnType<typeof decide>): void {
    if (!decision.tracked || !decision.variant) return
    const { experiment, variant, unit, version, propensity, policyVersion, dimensions } = decision
    if (!exposed.add(JSON.stringify([experiment, variant, unit]))) return
    remembered.remember(unit, experiment, variant)
    const at = transport.now()
    const event = { type: 'exposure', id: newId(), experiment, variant, unit, at, version, propensity }
    send({ ...event, policyVersion, dimensions } as ExposureEvent)
  }

  const call = <T>(name: string, run: () => T): T | undefined =>
    attempt('call-invalid', `${name} was called wrongly`, run)

  const client: HeliosClient<Record<string, unknown>> = {
    ready: (timeoutMilliseconds = READY_MILLISECONDS) =>
      new Promise((resolve) => {
        const finish = (): void => {
          cancel()
          resolve(definitions.state())
        }
        const cancel = platform.setTimer(finish, timeoutMilliseconds, true)
        void definitions.ready.then(finish)
      }),
    decide: <Fallback>(experiment: string, options: DecisionOptions<Fallback>) =>
      (call('decide', () => decide(experiment, options)) ??
        fallbackDecision(experiment, { ...options }, 'invalid-call')) as ClientDecision<unknown, Fallback>,
    expose: (decision) => call('expose', () => expose(decision as ReturnType<typeof decide>)),
    use: (experiment, options) => {
      const decision = client.decide(experiment, options)
      client.expose(decision)
      return decision
    },
    observe: (outcomes) => {
      for (const outcome of Array.isArray(outcomes) ? outcomes : [outcomes]) {
        call('observe', () => {
          checkOutcome(outcome)
          const { unit, metric, value, at, id = newId() } = outcome
          send({ id, unit, metric, value, at: at ?? transport.now() }, at === undefined)
        })
      }
    },
    identify: (identity) =>
      call('identify', () => {
        const { previous, unit } = identity
        checkName(previous)
        checkName(unit)
        if (previous === unit) throw new TypeError('previous and unit are the same')
        remembered.carry(previous, unit)
        send({ type: 'identity', id: newId(), unit, previous, at: transport.now() })
      }),
    anonymousUnit: ({ renew = false } = {}) => {
      const known = storage.get(ANONYMOUS_UNIT)
      if (!renew && isUnit(known)) return known
      const unit = newId()
      storage.set(ANONYMOUS_UNIT, unit)
      return unit
    },
    override: overrides.set,
    onChange: (listener) => {
      const own = (change: ClientChange): void => listener(change)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    status: () => {
      const lastError = last()
      return {
        state: definitions.state(),
        definitions: definitions.count(),
        queued: journal.count(),
        dropped: queue.dropped(),
        ...(lastError && { lastError }),
      }
    },
    flush: queue.flush,
    close: async () => {
      isClosed = true
      stopTicking()
      forgetPage?.()
      background?.close()
      listeners.clear()
      const flushed = await queue.flush()
      queue.close()
      return flushed
    },
  }

  return client as HeliosClient<Experiments>
}
