import { polynomial } from './polynomial.ts'

/** From here on eight terms of the asymptotic series are exact to the last digit of a double. */
const SERIES_FROM = 12

/** −B₂ₖ / (2k), k = 1, 2, …; Abramowitz & Stegun 1964, 6.3.18. */
const DIGAMMA_TERMS = [
  -1 / 12,
  1 / 120,
  -1 / 252,
  1 / 240,
  -1 / 132,
  691 / 32760,
  -1 / 12,
  3617 / 8160,
] as const

/** B₂ₖ, k = 1, 2, …; Abramowitz & Stegun 1964, 6.4.12. */
const TRIGAMMA_TERMS = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510] as const

/** The zero of digamma, as the nearest double and the rest. */
const ZERO = 1.4616321449683622
const ZERO_REST = 9.549995429965697e-17

/** Derivatives of digamma at its zero over k!, k = 1, 2, …; they serve this far from it. */
const NEAR_ZERO = 0.2
const AT_ZERO = [
  0.9676722454476211704, -0.4427631689835921061, 0.2584997609556510106, -0.1639427054424065275,
  0.1078240506912623658, -0.07219956125645471091, 0.04880428816414310723, -0.0331611264748473593,
  0.02259764823221810466, -0.01542476590494895914, 0.01053879161661217539, -0.007204534386356868241,
  0.004926781395729853446, -0.003369801655439328083, 0.002305126326734927837, -0.001576936771430197259,
  0.001078825201916296581, -7.380709389960051296e-4,
] as const

/**
 * Digamma ψ(x) = d log Γ(x) / dx for x > 0, with a relative error below 1e-14, also beside its zero at 1.46.
 *
 * @returns −Infinity at 0, NaN below
 *
 * Source: Abramowitz & Stegun 1964, 6.3.5 (recurrence) and 6.3.18.
 */
export function digamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  const fromZero = x - ZERO - ZERO_REST
  if (Math.abs(fromZero) < NEAR_ZERO) return fromZero * polynomial(AT_ZERO, fromZero)
  let below = 0
  let shifted = x
  for (; shifted < SERIES_FROM; shifted++) below += 1 / shifted
  const square = 1 / (shifted * shifted)
  return Math.log(shifted) - 0.5 / shifted + square * polynomial(DIGAMMA_TERMS, square) - below
}

/**
 * Trigamma ψ′(x) for x > 0, with a relative error below 1e-14; Infinity at 0, NaN below.
 *
 * Source: Abramowitz & Stegun 1964, 6.4.6 (recurrence) and 6.4.12.
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN
  let below = 0
  let shifted = x
  for (; shifted < SERIES_FROM; shifted++) below += 1 / (shifted * shifted)
  const inverse = 1 / shifted
  const square = inverse * inverse
  return below + inverse * (1 + inverse / 2 + square * polynomial(TRIGAMMA_TERMS, square))
}
