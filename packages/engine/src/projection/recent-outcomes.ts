import { aligned, bytesOf, enlarged } from './arrays.ts'

/**
 * Outcomes that may yet be attributed: they came before the exposure that earns them, or an earlier
 * exposure may still arrive. A ring in the order of arrival, chained per unit from the newest to the
 * oldest, so that expiry is moving one number.
 */
export class RecentOutcomes {
  #capacity = 1 << 10
  #previous = new Float64Array(this.#capacity)
  #metric = new Uint32Array(this.#capacity)
  #value = new Float64Array(this.#capacity)
  #at = new Float64Array(this.#capacity)
  /** Serial number of the newest entry of each unit, plus one; 0 for none. */
  #heads = new Float64Array(1 << 8)
  #oldest = 0
  #next = 0
  /** Minute by which the entries up to a serial number had arrived, oldest first. */
  readonly #arrivals: { readonly minute: number; end: number }[] = []

  get length(): number {
    return this.#next - this.#oldest
  }

  get byteLength(): number {
    return this.#capacity * 28 + this.#heads.byteLength
  }

  add(unit: number, metric: number, value: number, at: number, receivedAt: number): void {
    if (this.length === this.#capacity) this.#grow()
    this.#reserveHead(unit)
    const place = this.#next & (this.#capacity - 1)
    this.#previous[place] = this.#heads[unit] as number
    this.#metric[place] = metric
    this.#value[place] = value
    this.#at[place] = at
    this.#next += 1
    this.#heads[unit] = this.#next
    const minute = Math.floor(receivedAt / MINUTE_MILLISECONDS)
    const last = this.#arrivals.at(-1)
    if (last && last.minute >= minute) last.end = this.#next
    else this.#arrivals.push({ minute, end: this.#next })
  }

  /** Visits the kept outcomes of a unit, oldest arrival first. */
  forEach(unit: number, visit: (metric: number, value: number, at: number) => void): void {
    const serials = this.#serialsOf(unit)
    for (let i = serials.length - 1; i >= 0; i--) {
      const place = (serials[i] as number) & (this.#capacity - 1)
      visit(this.#metric[place] as number, this.#value[place] as number, this.#at[place] as number)
    }
  }

  /** From now on the outcomes of a unit are those of another one too, in the order of arrival. */
  join(from: number, into: number): void {
    let theirs = (this.#heads[from] ?? 0) - 1
    let ours = (this.#heads[into] ?? 0) - 1
    if (theirs < this.#oldest) return
    this.#reserveHead(into)
    this.#heads[from] = 0
    this.#heads[into] = Math.max(theirs, ours) + 1
    // Two chains become one; where either is at its end, the other goes on as it is.
    while (theirs >= this.#oldest && ours >= this.#oldest) {
      const place = Math.max(theirs, ours) & (this.#capacity - 1)
      const next = (this.#previous[place] as number) - 1
      if (theirs > ours) theirs = next
      else ours = next
      this.#previous[place] = Math.max(theirs, ours) + 1
    }
  }

  /** Serial numbers of the kept outcomes of a unit, newest first. */
  #serialsOf(unit: number): number[] {
    const serials: number[] = []
    let serial = (this.#heads[unit] ?? 0) - 1
    while (serial >= this.#oldest) {
      serials.push(serial)
      serial = (this.#previous[serial & (this.#capacity - 1)] as number) - 1
    }
    return serials
  }

  #reserveHead(unit: number): void {
    if (unit < this.#heads.length) return
    const wanted = Math.ceil(Math.max(unit + 1, this.#heads.length * 1.5))
    this.#heads = enlarged(this.#heads, new Float64Array(wanted))
  }

  /** Forgets what arrived before a time, to the minute. */
  expire(receivedBefore: number): void {
    const minute = Math.floor(receivedBefore / MINUTE_MILLISECONDS)
    while (this.#arrivals.length > 0 && (this.#arrivals[0]?.minute ?? 0) < minute) {
      this.#oldest = this.#arrivals.shift()?.end ?? this.#oldest
    }
  }

  snapshot(): readonly [name: string, bytes: Uint8Array][] {
    const header = Float64Array.from([
      this.#capacity,
      this.#oldest,
      this.#next,
      ...this.#arrivals.flatMap(({ minute, end }) => [minute, end]),
    ])
    return [
      ['header', bytesOf(header)],
      ['previous', bytesOf(this.#previous)],
      ['metric', bytesOf(this.#metric)],
      ['value', bytesOf(this.#value)],
      ['at', bytesOf(this.#at)],
      ['heads', bytesOf(this.#heads)],
    ]
  }

  restore(part: (name: string) => Uint8Array): void {
    const header = new Float64Array(aligned(part('header')))
    this.#capacity = header[0] as number
    this.#oldest = header[1] as number
    this.#next = header[2] as number
    this.#arrivals.length = 0
    for (let i = 3; i < header.length; i += 2) {
      this.#arrivals.push({ minute: header[i] as number, end: header[i + 1] as number })
    }
    this.#previous = new Float64Array(aligned(part('previous')))
    this.#metric = new Uint32Array(aligned(part('metric')))
    this.#value = new Float64Array(aligned(part('value')))
    this.#at = new Float64Array(aligned(part('at')))
    this.#heads = new Float64Array(aligned(part('heads')))
  }

  #grow(): void {
    const capacity = this.#capacity * 2
    const previous = new Float64Array(capacity)
    const metric = new Uint32Array(capacity)
    const value = new Float64Array(capacity)
    const at = new Float64Array(capacity)
    for (let serial = this.#oldest; serial < this.#next; serial++) {
      const from = serial & (this.#capacity - 1)
      const to = serial & (capacity - 1)
      previous[to] = this.#previous[from] as number
      metric[to] = this.#metric[from] as number
      value[to] = this.#value[from] as number
      at[to] = this.#at[from] as number
    }
    this.#capacity = capacity
    this.#previous = previous
    this.#metric = metric
    this.#value = value
    this.#at = at
  }
}

const MINUTE_MILLISECONDS = 60_000
