/** Event ids: UUID version 7 (RFC 9562, section 5.7), which sort by the time they were made. */

/** Ids of one millisecond from one random source, counted in the 26 bits after the time (method 1, section 6.2). */
interface Sequence {
  readonly milliseconds: number
  readonly counter: number
}

const COUNTER_LIMIT = 2 ** 26
const LATEST_TIME = 2 ** 48 - 1
const POOL_WORDS = 256

const sequences = new WeakMap<() => number, Sequence>()
const pool = new Uint32Array(POOL_WORDS)
let used = POOL_WORDS

/**
 * A new UUIDv7. Ids made in the same millisecond from the same random source ascend, at least 2^25 of them;
 * ids of different milliseconds sort by the time given.
 *
 * @param now milliseconds since 1970, in [0, 2^48); fractions are cut off
 * @param random uniform in [0, 1); the platform's cryptographic generator by default. The same source and
 *   times give the same ids.
 * @throws RangeError when the time is out of range
 */
export function uuidv7(now: number = Date.now(), random: () => number = secureRandom): string {
  if (!(now >= 0 && now <= LATEST_TIME)) throw new RangeError(`No UUID can hold the time ${now}`)
  const milliseconds = Math.floor(now)
  const counter = nextCounter(milliseconds, random)
  return [
    hex(milliseconds / 2 ** 16, 8),
    hex(milliseconds % 2 ** 16, 4),
    hex(0x7000 + counter / 2 ** 14, 4),
    hex(0x8000 + (counter % 2 ** 14), 4),
    hex(random() * 2 ** 24, 6) + hex(random() * 2 ** 24, 6),
  ].join('-')
}

/** Starts each millisecond at random in the lower half, which leaves the upper half to count up. */
function nextCounter(milliseconds: number, random: () => number): number {
  const last = sequences.get(random)
  const next = last?.milliseconds === milliseconds ? last.counter + 1 : COUNTER_LIMIT
  const counter = next < COUNTER_LIMIT ? next : Math.floor((random() * COUNTER_LIMIT) / 2)
  sequences.set(random, { milliseconds, counter })
  return counter
}

/** Uniform in [0, 1). Drawn in bulk: one call for a few bytes costs as much as one for a kilobyte. */
export function secureRandom(): number {
  if (used === POOL_WORDS) {
    crypto.getRandomValues(pool)
    used = 0
  }
  return (pool[used++] as number) / 2 ** 32
}

function hex(value: number, digits: number): string {
  return Math.floor(value).toString(16).padStart(digits, '0')
}

/** Whether a value is a UUID of any version, in the usual form of 8-4-4-4-12 hexadecimal digits. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
