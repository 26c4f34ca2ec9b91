/** The largest of many numbers, as many as are asked for: a heap whose first is the smallest of those kept. */
export class Largest {
  readonly #kept: Float64Array
  #count = 0

  /** @param most how many are kept, a whole number ≥ 1 */
  constructor(most: number) {
    this.#kept = new Float64Array(most)
  }

  /** O(1) for a number that is not among the largest, O(log most) for one that is. */
  add(value: number): void {
    if (this.#count < this.#kept.length) this.#append(value)
    else if (value > (this.#kept[0] as number)) this.#sink(value)
  }

  /** Sum of the `most` largest; of all that are kept when they are fewer. */
  sum(most: number): number {
    const descending = this.#kept.slice(0, this.#count).sort().reverse()
    let sum = 0
    for (let i = Math.min(most, descending.length) - 1; i >= 0; i--) sum += descending[i] as number
    return sum
  }

  #append(value: number): void {
    const kept = this.#kept
    let place = this.#count++
    while (place > 0) {
      const parent = (place - 1) >> 1
      const above = kept[parent] as number
      if (above <= value) break
      kept[place] = above
      place = parent
    }
    kept[place] = value
  }

  /** Puts a value in the place of the smallest. */
  #sink(value: number): void {
    const kept = this.#kept
    let place = 0
    for (let child = 1; child < this.#count; child = 2 * place + 1) {
      if (child + 1 < this.#count && (kept[child + 1] as number) < (kept[child] as number)) child += 1
      const below = kept[child] as number
      if (below >= value) break
      kept[place] = below
      place = child
    }
    kept[place] = value
  }
}
