/**
 * Lower-case canonical UUIDs are kept as their 16 bytes, anything else as the text it is; a third of
 * the space, and reading gives back the same text.
 */
export function packId(id: string): string | Uint8Array {
  if (id.length !== 36) return id
  const bytes = new Uint8Array(16)
  let byte = 0
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (id.charCodeAt(i) !== DASH) return id
      i += 1
    }
    const high = NIBBLES[id.charCodeAt(i)] ?? -1
    const low = NIBBLES[id.charCodeAt(i + 1)] ?? -1
    if (high < 0 || low < 0) return id
    bytes[byte++] = high * 16 + low
  }
  return bytes
}

export function unpackId(packed: string | Uint8Array): string {
  if (typeof packed === 'string') return packed
  const hex = Buffer.from(packed.buffer, packed.byteOffset, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const DASH = 45
const NIBBLES = new Int8Array(128).fill(-1)
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value
