/** 1 / (2k + 1) for k = 1, 2, …: the series of artanh beyond its first term. */
const ARTANH_TERMS = Float64Array.from({ length: 13 }, (_, k) => 1 / (2 * k + 3))

/** Up to here the series is exact; beyond it log(1 + u) and u differ enough to be subtracted. */
const SERIES_TO = 0.35

/** 1 / (1 + e⁻ᵗ), to full relative accuracy at both ends. */
export function logistic(t: number): number {
  return 1 / (1 + Math.exp(-t))
}

/**
 * log(1 + u) − u for u > −1, to full relative accuracy: at most 0, near −u² / 2.
 *
 * With v = u / (2 + u), log(1 + u) = 2 artanh v and u − 2v = u v.
 */
export function logOnePlusMinus(u: number): number {
  if (Math.abs(u) > SERIES_TO) return Math.log1p(u) - u
  const v = u / (2 + u)
  const square = v * v
  let rest = 0
  for (let k = ARTANH_TERMS.length - 1; k >= 0; k--) rest = rest * square + (ARTANH_TERMS[k] as number)
  return v * (2 * square * rest - u)
}

/** e^δ − 1 − δ, to full relative accuracy. */
export function expm1Minus(distance: number): number {
  const grown = Math.expm1(distance)
  return Math.abs(distance) < 0.3 ? -logOnePlusMinus(grown) : grown - distance
}

/**
 * log(q + p e^δ) − p δ, with p + q = 1: at least 0, near p q δ² / 2; to full relative accuracy.
 *
 * It is −p ψ(u) − q ψ(w), where ψ(u) = log(1 + u) − u, and u and w are the relative changes of the two
 * probabilities when the logit of p changes by δ; neither term cancels the other.
 */
export function logitExcess(p: number, q: number, distance: number): number {
  if (distance > 0) return logitExcess(q, p, -distance)
  const sum = q + p * Math.exp(distance)
  const step = Math.expm1(distance) / sum
  const fall = q * step
  const first = fall > -0.5 ? logOnePlusMinus(fall) : distance - Math.log(sum) - fall
  return -p * first - q * logOnePlusMinus(-p * step)
}
