const DIGITS_EXACT = 15
const POWERS_OF_TEN = Float64Array.from({ length: DIGITS_EXACT + 1 }, (_, exponent) => 10 ** exponent)

const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39

/**
 * Value of a plain decimal number such as `-12.50`, or NaN for everything else: other notations, more
 * than 15 digits, no number at all. The caller then decides slowly.
 *
 * The result is correctly rounded: up to 15 digits make an exact integer, 10^15 is exact, and the division
 * of two exact doubles rounds once (Clinger 1990, doi:10.1145/93542.93557, section 3).
 */
export function plainDecimal(bytes: Uint8Array, from: number, to: number): number {
  const sign = bytes[from]
  let digits = 0
  let fraction = 0
  let pointSeen = false
  let integer = 0
  for (let i = sign === MINUS || sign === PLUS ? from + 1 : from; i < to; i++) {
    const byte = bytes[i] as number
    if (byte >= ZERO && byte <= NINE) {
      integer = integer * 10 + (byte - ZERO)
      digits++
      if (pointSeen) fraction++
    } else if (byte === POINT && !pointSeen) pointSeen = true
    else return Number.NaN
  }
  if (digits === 0 || digits > DIGITS_EXACT) return Number.NaN
  const size = integer / (POWERS_OF_TEN[fraction] as number)
  return sign === MINUS ? -size : size
}

const ANY_NOTATION = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** Value of a decimal number in any notation, or NaN; may be infinite where the number is too large. */
export function anyDecimal(text: string): number {
  return ANY_NOTATION.test(text) ? Number(text) : Number.NaN
}
