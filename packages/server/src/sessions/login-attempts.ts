import { type Clock, systemClock } from '@helios/engine'
import { TransportError } from '../problem.ts'

const MAXIMUM_FAILURES = 10
const WINDOW_MILLISECONDS = 60_000
/** An attacker with many addresses must not fill the memory. */
const MAXIMUM_ADDRESSES = 10_000

/** Failed logins of the last minute by address; after ten the address has to wait. */
export class LoginAttempts {
  readonly #clock: Clock
  /** Times of the latest failures, oldest first; addresses in the order of their latest failure. */
  readonly #failures = new Map<string, readonly number[]>()

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** Throws HEL_TOO_MANY_ATTEMPTS when the address failed too often, right tokens included. */
  requireAllowed(address: string): void {
    const recent = this.#recent(address)
    const [oldest] = recent
    if (oldest === undefined || recent.length < MAXIMUM_FAILURES) return
    const seconds = Math.ceil((oldest + WINDOW_MILLISECONDS - this.#clock.now()) / 1000)
    throw new TransportError(
      'HEL_TOO_MANY_ATTEMPTS',
      `Too many failed logins from this address; try again in ${seconds} s.`,
      seconds,
    )
  }

  recordFailure(address: string): void {
    const failures = [...this.#recent(address), this.#clock.now()].slice(-MAXIMUM_FAILURES)
    this.#failures.delete(address)
    this.#failures.set(address, failures)
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > MAXIMUM_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest)
  }

  #recent(address: string): readonly number[] {
    const since = this.#clock.now() - WINDOW_MILLISECONDS
    return (this.#failures.get(address) ?? []).filter((at) => at > since)
  }
}
