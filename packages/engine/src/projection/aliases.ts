import { aligned, bytesOf } from './arrays.ts'

/** Other names of units. A name resolves to the unit that it was said to be, through any number of steps. */
export class Aliases {
  /** Unit that a unit is another name of, plus one; 0 for a unit of its own. Empty until there is an alias. */
  #targets = new Uint32Array(0)
  count = 0

  get byteLength(): number {
    return this.#targets.byteLength
  }

  resolve(unit: number): number {
    const targets = this.#targets
    if (unit >= targets.length) return unit
    let current = unit
    for (;;) {
      const next = (targets[current] as number) - 1
      if (next < 0) return current
      // Halves the way for the next look-up, so that a long chain is not walked again and again.
      const beyond = targets[next] as number
      if (beyond !== 0) targets[current] = beyond
      current = next
    }
  }

  /** Makes a unit that is no alias yet another name of one that is none either. */
  add(alias: number, unit: number): void {
    const needed = Math.max(alias, unit) + 1
    if (needed > this.#targets.length) {
      const larger = new Uint32Array(Math.ceil(needed * 1.5))
      larger.set(this.#targets)
      this.#targets = larger
    }
    this.#targets[alias] = unit + 1
    this.count += 1
  }

  snapshot(): Uint8Array {
    return bytesOf(this.#targets)
  }

  restore(bytes: Uint8Array): void {
    this.#targets = new Uint32Array(aligned(bytes))
    this.count = this.#targets.reduce((count, target) => count + Number(target !== 0), 0)
  }
}
