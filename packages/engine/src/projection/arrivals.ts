import { dayOf, hourOf } from '../clock.ts'
import { joined, type NumberReader } from './arrays.ts'

const HOURS_KEPT = 31 * 24

/** How many units came in, by the time of their first exposure. */
export class Arrivals {
  readonly #variants: number
  /** Units per day and variant, of all time. */
  readonly days = new Map<number, Float64Array>()
  /** Units per hour and variant, of the last 31 days before the newest hour. */
  readonly hours = new Map<number, Float64Array>()
  /** Units per version of the experiment, from which the intended shares follow. */
  readonly versions = new Map<number, number>()
  #newestHour = Number.NEGATIVE_INFINITY

  constructor(variants: number) {
    this.#variants = variants
  }

  get byteLength(): number {
    return (this.days.size + this.hours.size) * this.#variants * Float64Array.BYTES_PER_ELEMENT
  }

  /** Counts a unit (`sign` 1), or takes it out again where it was counted (`sign` -1). */
  count(exposedAt: number, variant: number, version: number, sign: 1 | -1): void {
    this.#add(this.days, dayOf(exposedAt), variant, sign)
    this.versions.set(version, (this.versions.get(version) ?? 0) + sign)
    const hour = hourOf(exposedAt)
    if (hour > this.#newestHour) this.#forgetBefore(hour)
    // The newest hour only rises: what falls out stays out, and a kept hour counts all of its units.
    if (this.#isKept(hour)) this.#add(this.hours, hour, variant, sign)
  }

  /** Units per variant. */
  perVariant(): number[] {
    const counts = new Array<number>(this.#variants).fill(0)
    for (const day of this.days.values())
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (day[i] ?? 0)
    return counts
  }

  /** Units of all variants. */
  total(): number {
    return this.perVariant().reduce((sum, count) => sum + count, 0)
  }

  /** All numbers, for `restore`. */
  numbers(): Float64Array {
    const tables = [this.days, this.hours].flatMap((table) => [
      Float64Array.of(table.size),
      ...[...table].flatMap(([time, counts]) => [Float64Array.of(time), counts]),
    ])
    return joined([...tables, Float64Array.of(this.versions.size, ...[...this.versions].flat())])
  }

  restore(numbers: NumberReader): void {
    for (const table of [this.days, this.hours]) {
      for (let left = numbers.next(); left > 0; left--)
        table.set(numbers.next(), numbers.take(this.#variants).slice())
    }
    for (let left = numbers.next(); left > 0; left--) this.versions.set(numbers.next(), numbers.next())
    this.#newestHour = Math.max(Number.NEGATIVE_INFINITY, ...this.hours.keys())
  }

  #add(table: Map<number, Float64Array>, time: number, variant: number, sign: 1 | -1): void {
    let counts = table.get(time)
    if (!counts) {
      counts = new Float64Array(this.#variants)
      table.set(time, counts)
    }
    counts[variant] = (counts[variant] as number) + sign
  }

  #isKept(hour: number): boolean {
    return hour > this.#newestHour - HOURS_KEPT
  }

  #forgetBefore(newestHour: number): void {
    this.#newestHour = newestHour
    for (const hour of this.hours.keys()) if (!this.#isKept(hour)) this.hours.delete(hour)
  }
}
