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
