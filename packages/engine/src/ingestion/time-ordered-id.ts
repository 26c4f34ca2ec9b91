/** A UUIDv7 (RFC 9562, section 5.7) taken apart into numbers, written to `parts`: no object per event. */
export const parts = {
  /** Milliseconds since 1970, 48 bits. */
  time: 0,
  /** The 74 random bits in three words of 12, 30 and 32 bits. */
  a: 0,
  b: 0,
  c: 0,
}

/** Reads a canonical UUIDv7, in either case; false when the text is anything else. */
export function readTimeOrderedId(id: string): boolean {
  if (id.length !== 36 || id.charCodeAt(14) !== SEVEN) return false
  if (
    id.charCodeAt(8) !== DASH ||
    id.charCodeAt(13) !== DASH ||
    id.charCodeAt(18) !== DASH ||
    id.charCodeAt(23) !== DASH
  ) {
    return false
  }
  const high = hex(id, 0, 8)
  const low = hex(id, 9, 13)
  const a = hex(id, 15, 18)
  const variant = hex(id, 19, 23)
  const middle = hex(id, 24, 28)
  const c = hex(id, 28, 36)
  if (high < 0 || low < 0 || a < 0 || variant < 0 || middle < 0 || c < 0) return false
  if (variant >>> 14 !== 0b10) return false
  parts.time = high * 65_536 + low
  parts.a = a
  parts.b = (variant & 0x3fff) * 65_536 + middle
  parts.c = c
  return true
}

/** Value of up to eight hexadecimal digits; -1 when one is none. */
function hex(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const nibble = NIBBLES[text.charCodeAt(i)] ?? -1
    if (nibble < 0) return -1
    value = value * 16 + nibble
  }
  return value
}

const DASH = 45
const SEVEN = 55
const NIBBLES = new Int8Array(128).fill(-1)
for (let value = 0; value < 16; value++) {
  NIBBLES[value.toString(16).charCodeAt(0)] = value
  NIBBLES[value.toString(16).toUpperCase().charCodeAt(0)] = value
}
