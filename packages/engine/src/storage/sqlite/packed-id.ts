/**
 * Lower-case canonical UUIDs are kept as their 16 bytes: a third of the space, and reading gives back the
 * same text. Writes the bytes at `offset` and says so; false, with nothing of meaning written, for any
 * other text.
 */
export function packId(id: string, into: Uint8Array, offset: number): boolean {
  if (id.length !== 36) return false
  let byte = offset
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (id.charCodeAt(i) !== DASH) return false
      i += 1
    }
    const high = NIBBLES[id.charCodeAt(i)] ?? -1
    const low = NIBBLES[id.charCodeAt(i + 1)] ?? -1
    if (high < 0 || low < 0) return false
    into[byte++] = high * 16 + low
  }
  return true
}

/** The UUID whose bytes begin at `offset`. */
export function unpackId(from: Uint8Array, offset: number): string {
  const hex = Buffer.from(from.buffer, from.byteOffset + offset, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const DASH = 45
const NIBBLES = new Int8Array(128).fill(-1)
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value
