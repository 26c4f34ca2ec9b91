/** Probability below and above a point, each to full relative accuracy, and their natural logarithms. */
export interface Tails {
  readonly lower: number
  readonly upper: number
  readonly logLower: number
  readonly logUpper: number
}

/** Outside the domain. */
export const NO_TAILS: Tails = {
  lower: Number.NaN,
  upper: Number.NaN,
  logLower: Number.NaN,
  logUpper: Number.NaN,
}

/** All of the probability lies above the point. */
export const ALL_ABOVE: Tails = { lower: 0, upper: 1, logLower: Number.NEGATIVE_INFINITY, logUpper: 0 }

/** Both tails from the logarithm of the lower one, which survives where the probability underflows. */
export function fromLogLower(logarithm: number): Tails {
  const logLower = Math.min(0, logarithm)
  const lower = Math.exp(logLower)
  const upper = -Math.expm1(logLower)
  return { lower, upper, logLower, logUpper: lower < 0.5 ? Math.log1p(-lower) : Math.log(upper) }
}

export function fromLogUpper(logarithm: number): Tails {
  return flip(fromLogLower(logarithm))
}

/** The tails seen from the other side. */
export function flip({ lower, upper, logLower, logUpper }: Tails): Tails {
  return { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower }
}
