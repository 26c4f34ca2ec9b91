const HALF_LOG_TWO_PI = 0.9189385332046727418
const ONE_MINUS_EULER_GAMMA = 0.4227843350984671394

/** Coefficients B₂ₖ / (2k(2k − 1)) of Stirling's series, k = 1, 2, …; Abramowitz & Stegun 1964, 6.1.41. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const

/** From here on eight terms of Stirling's series are exact to the last digit of a double. */
const SERIES_FROM = 16

/**
 * Logarithm of the gamma function for x > 0, to a few units in the last place, also beside its zeros at
 * 1 and 2. Infinity at 0 and at Infinity, NaN below 0.
 *
 * Source: Abramowitz & Stegun 1964, 6.1.33 beside the zeros, 6.1.40 (Stirling) elsewhere.
 */
export function logGamma(x: number): number {
  if (!(x >= 0)) return Number.NaN
  if (x === 0 || x === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x)
  if (x < 1.5) return logGammaOnePlus(x - 1)
  if (x < 2.5) return logGammaBesideTwo(x - 2)
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x)
}

/** log Γ(1 + x) for |x| ≤ ½, with full relative accuracy beside its zero at 0, where 1 + x would have lost x. */
export function logGammaOnePlus(x: number): number {
  return logGammaBesideTwo(x) - Math.log1p(x)
}

/**
 * What Stirling's formula leaves out: log Γ(x) − [(x − ½) log x − x + ½ log 2π], for x > 0; near 1/(12x)
 * for large x. NaN below 0.
 *
 * Source: Loader 2000, "Fast and accurate computation of binomial probabilities", section 2. Below 16 by
 * the recurrence δ(x) = δ(x + 1) + (x + ½) log(1 + 1/x) − 1, which holds for any x > 0.
 */
export function stirlingError(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN
  let error = 0
  let shifted = x
  for (; shifted < SERIES_FROM; shifted++) error += stirlingStep(shifted)
  const inverse = 1 / shifted
  const square = inverse * inverse
  const series = STIRLING.reduceRight((sum, coefficient) => sum * square + coefficient, 0)
  return error + series * inverse
}

/**
 * Deviance x log(x / m) − (x − m) for x ≥ 0 and m > 0: how far x is from m, ≥ 0, 0 only where they are
 * equal. Takes the difference x − m from the caller, who often knows it without cancellation; then the
 * result has full relative accuracy however near x and m are.
 *
 * Source: Loader 2000, section 3 (`bd0`). The series follows from log(x / m) = 2 artanh((x − m) / (x + m)).
 */
export function deviance(x: number, m: number, difference = x - m): number {
  if (x === 0) return m
  const v = difference / (x + m)
  if (Math.abs(v) > 0.3) return x * Math.log(x / m) - difference
  return difference * v + 2 * x * v * artanhRest(v * v)
}

/** (artanh(v) − v) / v = v²/3 + v⁴/5 + …, from v² ≤ 1/9. */
function artanhRest(square: number): number {
  let sum = 0
  let power = square
  for (let k = 3; ; k += 2, power *= square) {
    const renewed = sum + power / k
    if (!(renewed > sum)) return renewed
    sum = renewed
  }
}

/** (x + ½) log(1 + 1/x) − 1, which is (artanh(u) − u) / u at u = 1 / (2x + 1). */
function stirlingStep(x: number): number {
  if (x < 1) return (x + 0.5) * (Math.log1p(x) - Math.log(x)) - 1
  const u = 1 / (2 * x + 1)
  return artanhRest(u * u)
}

/** log Γ(2 + y) for |y| ≤ ½: y(1 − γ) + Σ (−1)ᵏ (ζ(k) − 1) yᵏ / k over k ≥ 2. */
function logGammaBesideTwo(y: number): number {
  return y * ZETA_TERMS.reduceRight((sum, coefficient) => sum * -y + coefficient, 0)
}

/** 1 − γ, then −(ζ(k) − 1) / k: the coefficients of (−y)ᵏ⁻¹ above. */
const ZETA_TERMS: readonly number[] = [
  ONE_MINUS_EULER_GAMMA,
  ...Array.from({ length: 28 }, (_, i) => -zetaMinusOne(i + 2) / (i + 2)),
]

/** Riemann's ζ(k) − 1 by Euler–Maclaurin summation from 50 on; Abramowitz & Stegun 1964, 23.2.3. */
function zetaMinusOne(k: number): number {
  const from = 50
  const last = from ** -k
  let sum = (last * from) / (k - 1) + last / 2 + (k * last) / (12 * from)
  sum -= (k * (k + 1) * (k + 2) * last) / (720 * from ** 3)
  sum += (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * last) / (30240 * from ** 5)
  for (let n = from - 1; n >= 2; n--) sum += n ** -k
  return sum
}
