import { polynomial } from './polynomial.ts'

/** Within this the series are exact; beyond it the plain difference loses at most three bits. */
const SERIES_WITHIN = 0.4

/** 1 / k! from k = 2. */
const EXPONENTIAL: readonly number[] = inverseFactorials(16)

/** 1 / (2k + 3): (artanh(v) − v) / v³ as a series in v². */
const ARTANH: readonly number[] = Array.from({ length: 14 }, (_, k) => 1 / (2 * k + 3))

/** eˣ − 1 − x with full relative accuracy, also where it is nearly x²/2. */
export function expm1MinusX(x: number): number {
  if (!(Math.abs(x) < SERIES_WITHIN)) return x === Number.POSITIVE_INFINITY ? x : Math.expm1(x) - x
  return x * x * polynomial(EXPONENTIAL, x)
}

/**
 * log(1 + x) − x with full relative accuracy, also where it is nearly −x²/2; for x ≥ −1, NaN below.
 *
 * The series follows from log(1 + x) = 2 artanh(x / (2 + x)).
 */
export function log1pMinusX(x: number): number {
  if (!(Math.abs(x) < SERIES_WITHIN)) return x === Number.POSITIVE_INFINITY ? -x : Math.log1p(x) - x
  const v = x / (2 + x)
  const square = v * v
  return v * (2 * square * polynomial(ARTANH, square) - x)
}

function inverseFactorials(terms: number): number[] {
  let factorial = 1
  return Array.from({ length: terms }, (_, i) => {
    factorial *= i + 2
    return 1 / factorial
  })
}
