/** Every value read from the sketch is within this share of the true one. */
export const RELATIVE_ERROR = 0.005

/** Values nearer to 0 count as 0, so that their error is at most this. */
const SMALLEST = 1e-12

/** Values farther from 0 count as this. */
const LARGEST = 1e15

const LOG_GROWTH = Math.log1p((2 * RELATIVE_ERROR) / (1 - RELATIVE_ERROR))

/** How far logarithms and powers may be off at the edge of a bucket. */
const ROUNDING = 4e-14

const FIRST_INDEX = Math.ceil(Math.log(SMALLEST) / LOG_GROWTH)
const LAST_KEY = Math.ceil(Math.log(LARGEST) / LOG_GROWTH) - FIRST_INDEX + 1

/**
 * Mergeable quantiles of numbers, per group: how many values fell into each bucket of a logarithmic scale.
 *
 * Bucket i holds (γⁱ⁻¹, γⁱ] with γ = (1 + ε) / (1 − ε), ε = 0.005, so that its middle 2γⁱ / (γ + 1) is within the
 * share ε of all of them; one bucket holds 0, and negative values mirror the positive ones. Counts are whole
 * numbers: what is taken out again leaves no trace, and the state depends neither on order nor on partition.
 *
 * The scale is fixed, where the published sketch grows it and then collapses its lowest buckets: below 1e-12
 * everything counts as 0, beyond 1e15 as 1e15. That bounds a group at 12,437 buckets, and keeps merging and removing
 * exact for ever. Real data fill some hundred buckets.
 *
 * Source: Masson, Rim & Lee 2019, DDSketch, definition 2 and proposition 3, doi:10.14778/3352063.3352135.
 */
export class QuantileSketch {
  readonly #buckets: Map<number, number>[]

  constructor(groups: number) {
    this.#buckets = Array.from({ length: groups }, () => new Map())
  }

  get groups(): number {
    return this.#buckets.length
  }

  /** Buckets that hold something, over all groups: what a sketch takes of memory. */
  get buckets(): number {
    return this.#buckets.reduce((sum, { size }) => sum + size, 0)
  }

  /**
   * Puts one value into a group (`sign` 1) or takes it out again (`sign` −1).
   *
   * @param value finite; others are refused
   * @returns whether the value was taken
   */
  add(group: number, value: number, sign: 1 | -1): boolean {
    if (!Number.isFinite(value)) return false
    this.#increase(group, keyOf(value), sign)
    return true
  }

  /** Adds the counts of the same groups gathered elsewhere. */
  merge(other: QuantileSketch): void {
    for (const [group, buckets] of other.#buckets.entries())
      for (const [key, count] of buckets) this.#increase(group, key, count)
  }

  /** Number of values in a group. */
  units(group: number): number {
    let sum = 0
    for (const count of this.#bucketsOf(group).values()) sum += count
    return sum
  }

  /**
   * Sample quantile of a group that interpolates between neighbours (type 7), each within 0.5 % of itself, and so the
   * result where both have the same sign.
   *
   * @param level in [0, 1]
   * @returns NaN outside the domain and without values
   */
  quantile(group: number, level: number): number {
    const units = this.units(group)
    if (!(units > 0 && level >= 0 && level <= 1)) return Number.NaN
    const place = (units - 1) * level
    const below = Math.floor(place)
    const [low, high] = this.#keysAtRanks(group, [below + 1, Math.min(units, below + 2)]).map(middleOf)
    return (low as number) + (place - below) * ((high as number) - (low as number))
  }

  /**
   * Bounds of the number of values ≤ a limit: they differ by the values in the bucket of the limit.
   *
   * @param limit any number
   */
  countAtMost(group: number, limit: number): { readonly atLeast: number; readonly atMost: number } {
    if (Number.isNaN(limit)) return { atLeast: Number.NaN, atMost: Number.NaN }
    const place = keyOf(limit)
    let [atLeast, atMost] = [0, 0]
    for (const [key, count] of this.#bucketsOf(group)) {
      if (key < place) atLeast += count
      if (key <= place) atMost += count
    }
    return { atLeast, atMost }
  }

  /**
   * Bounds of the values with some ranks in a group.
   *
   * @param ranks whole numbers from 1 to the number of values
   * @returns NaN for a rank that no value has
   */
  atRanks(group: number, ranks: readonly number[]): { readonly low: number; readonly high: number }[] {
    return this.#keysAtRanks(group, ranks).map(edgesOf)
  }

  /** Counts of a group as numbers: key, count, key, count, … by ascending key. */
  numbers(group: number): Float64Array {
    const buckets = this.#bucketsOf(group)
    const numbers = new Float64Array(2 * buckets.size)
    for (const [i, key] of this.#sortedKeys(group).entries()) {
      numbers[2 * i] = key
      numbers[2 * i + 1] = buckets.get(key) as number
    }
    return numbers
  }

  /**
   * Adds counts that {@link numbers} gave.
   *
   * @returns whether they are such counts; nothing is added otherwise
   */
  addNumbers(group: number, numbers: ArrayLike<number>): boolean {
    if (numbers.length % 2 !== 0) return false
    for (let i = 0; i < numbers.length; i += 2) {
      const isKey = Number.isInteger(numbers[i]) && Math.abs(numbers[i] as number) <= LAST_KEY
      if (!isKey || !Number.isSafeInteger(numbers[i + 1])) return false
    }
    for (let i = 0; i < numbers.length; i += 2)
      this.#increase(group, numbers[i] as number, numbers[i + 1] as number)
    return true
  }

  #increase(group: number, key: number, by: number): void {
    const buckets = this.#bucketsOf(group)
    const count = (buckets.get(key) ?? 0) + by
    if (count === 0) buckets.delete(key)
    else buckets.set(key, count)
  }

  #bucketsOf(group: number): Map<number, number> {
    const buckets = this.#buckets[group]
    if (!buckets) throw new RangeError(`There is no group ${group} in a sketch of ${this.groups} groups.`)
    return buckets
  }

  #sortedKeys(group: number): Int32Array {
    return Int32Array.from(this.#bucketsOf(group).keys()).sort()
  }

  /** Key of the value with each rank, from 1; NaN for a rank that no value has. */
  #keysAtRanks(group: number, ranks: readonly number[]): number[] {
    const buckets = this.#bucketsOf(group)
    const result = ranks.map(() => Number.NaN)
    let before = 0
    for (const key of this.#sortedKeys(group)) {
      const upTo = before + (buckets.get(key) as number)
      for (let i = 0; i < ranks.length; i++) {
        const rank = ranks[i] as number
        if (rank > before && rank <= upTo && rank >= 1) result[i] = key
      }
      before = upTo
    }
    return result
  }
}

/** 0 for 0, k > 0 for the k-th bucket of positive values, −k for its mirror image: in the order of the values. */
function keyOf(value: number): number {
  const size = Math.abs(value)
  if (size < SMALLEST) return 0
  const index = size >= LARGEST ? LAST_KEY : Math.ceil(Math.log(size) / LOG_GROWTH) - FIRST_INDEX + 1
  return Math.sign(value) * index
}

/** Bounds of the values in a bucket; those of the last one are open. */
function edgesOf(key: number): { readonly low: number; readonly high: number } {
  if (key === 0) return { low: -SMALLEST, high: SMALLEST }
  const place = Math.abs(key) + FIRST_INDEX - 1
  const near = Math.exp((place - 1) * LOG_GROWTH) * (1 - ROUNDING)
  const far =
    Math.abs(key) === LAST_KEY ? Number.POSITIVE_INFINITY : Math.exp(place * LOG_GROWTH) * (1 + ROUNDING)
  return key > 0 ? { low: near, high: far } : { low: -far, high: -near }
}

/** The value that is at most {@link RELATIVE_ERROR} off for each value in the bucket. */
function middleOf(key: number): number {
  if (key === 0) return 0
  return Math.sign(key) * (1 - RELATIVE_ERROR) * Math.exp((Math.abs(key) + FIRST_INDEX - 1) * LOG_GROWTH)
}
