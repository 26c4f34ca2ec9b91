import { expm1Minus, logistic, logitExcess } from './excess.ts'
import { NODES, POINTS } from './panel-rule.ts'

/** A line on which log-concave densities live, and what they share on it. */
export interface Line {
  /** Writes the excess (see `LogConcaveDensity`) at the nodes of a panel. */
  fillExcess(centre: number, half: number, excesses: Float64Array): void
  /** The value at a point of the line. */
  value(at: number): number
  /** Derivative of the value. */
  stretch(at: number): number
  /** Whether −(log g)″ is the same everywhere, so that a panel may be as long as the density lets it. */
  readonly isStraight: boolean
}

/** Half a panel up to which the Taylor series of the logistic function takes few terms; its radius is π or more. */
const TAYLOR_TO = 0.6

/** Panels so long lie where the weight of the excess is nothing; the product must not be 0 · Infinity. */
const LARGEST_EXCESS = 1e290

/** Probabilities by their logit. */
export const LOGIT_LINE: Line = {
  fillExcess: (centre, half, excesses) => {
    const p = logistic(centre)
    const q = logistic(-centre)
    if (half <= TAYLOR_TO) return fillByTaylor(p, q, half, excesses)
    const isBeyondDoubles = p === 0 || q === 0
    for (let i = 0; i < POINTS; i++)
      excesses[i] = isBeyondDoubles ? 0 : logitExcess(p, q, half * (NODES[i] as number))
  },
  value: logistic,
  stretch: (at) => {
    const small = Math.exp(-Math.abs(at))
    return small / (1 + small) ** 2
  },
  isStraight: false,
}

/** Rates by their logarithm. */
export const LOG_LINE: Line = {
  fillExcess: (_centre, half, excesses) => {
    for (let i = 0; i < POINTS; i++)
      excesses[i] = Math.min(LARGEST_EXCESS, expm1Minus(half * (NODES[i] as number)))
  },
  value: Math.exp,
  stretch: Math.exp,
  isStraight: false,
}

/** Means as they are. */
export const REAL_LINE: Line = {
  fillExcess: (_centre, half, excesses) => {
    for (let i = 0; i < POINTS; i++) excesses[i] = (half * (NODES[i] as number)) ** 2 / 2
  },
  value: (at) => at,
  stretch: () => 1,
  isStraight: true,
}

/**
 * The excess as Σ sₖ δᵏ⁺¹ / (k + 1) over k ≥ 1, where sₖ are the Taylor coefficients of the logistic function
 * s at the centre: from s′ = s (1 − s), (k + 1) sₖ₊₁ = sₖ (1 − 2 s₀) − Σ sᵢ sₖ₋ᵢ over 0 < i < k.
 */
function fillByTaylor(p: number, q: number, half: number, excesses: Float64Array): void {
  const terms = 2 * Math.ceil(2 - 18 / Math.log(half / Math.PI)) + 1
  const logistics = new Float64Array(terms)
  logistics[0] = p
  logistics[1] = p * q
  for (let k = 1; k + 1 < terms; k++) {
    let sum = (logistics[k] as number) * (q - p)
    for (let i = 1; i < k; i++) sum -= (logistics[i] as number) * (logistics[k - i] as number)
    logistics[k + 1] = sum / (k + 1)
  }
  for (let k = 1; k < terms; k++) logistics[k] = (logistics[k] as number) / (k + 1)
  // Even and odd powers apart: their sum is the excess at a node, their difference that at the node opposite.
  for (let i = 0; i < POINTS / 2; i++) {
    const distance = half * (NODES[i] as number)
    const square = distance * distance
    let even = 0
    let odd = 0
    for (let k = terms - 2; k >= 1; k -= 2) {
      even = even * square + (logistics[k] as number)
      odd = odd * square + (logistics[k + 1] as number)
    }
    excesses[i] = square * (even + distance * odd)
    excesses[POINTS - 1 - i] = square * (even - distance * odd)
  }
}
