type Numbers = Float64Array | Uint32Array | Uint8Array

/** Copies a typed array to the beginning of a larger one, which is returned. */
export function enlarged<T extends Numbers>(from: Numbers & T, to: T): T {
  to.set(from)
  return to
}

/** The bytes of the first numbers of an array: a view, not a copy. */
export function bytesOf(array: Numbers, length = array.length): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, length * array.BYTES_PER_ELEMENT)
}

/** A copy whose buffer begins where it does: numbers must start at a multiple of their size. */
export function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer
}

/** Numbers one behind another. */
export function joined(parts: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Reads numbers in the order in which they were joined. */
export class NumberReader {
  readonly #numbers: Float64Array
  #place = 0

  constructor(numbers: Float64Array) {
    this.#numbers = numbers
  }

  next(): number {
    return this.take(1)[0] as number
  }

  take(count: number): Float64Array {
    const end = this.#place + count
    if (end > this.#numbers.length) throw new RangeError('The snapshot ends too early')
    const taken = this.#numbers.subarray(this.#place, end)
    this.#place = end
    return taken
  }
}
