/** Beyond this a double cannot tell neighbouring points of the density apart. */
const LARGEST = 1e15

/** Of a probability; a and b above 0, together at most 1e15. Seen as counts: a successes and b failures. */
export interface BetaDistribution {
  readonly a: number
  readonly b: number
}

/** Of a rate: mean shape / rate; both above 0, the shape at most 1e15. Seen as counts: `shape` events in an exposure of `rate`. */
export interface GammaDistribution {
  readonly shape: number
  readonly rate: number
}

/** Of a mean or of an effect; the standard deviation above 0. */
export interface NormalDistribution {
  readonly mean: number
  readonly standardDeviation: number
}

/** Knows nothing: every probability is as likely as any other (Bayes and Laplace). */
export const UNIFORM_PRIOR: BetaDistribution = { a: 1, b: 1 }

/**
 * What is known of a probability after `conversions` of `units` independent units converted.
 *
 * @param conversions from 0 to `units`
 * @param prior what was known before; its a + b counts like so many units
 * @returns NaN parameters outside the domain
 *
 * Source: Gelman et al. 2013, Bayesian Data Analysis, 3rd edition, section 2.4.
 */
export function betaPosterior(
  { conversions, units }: { readonly conversions: number; readonly units: number },
  prior: BetaDistribution = UNIFORM_PRIOR,
): BetaDistribution {
  const isInDomain = conversions >= 0 && units >= conversions && isBeta(prior)
  if (!isInDomain) return { a: Number.NaN, b: Number.NaN }
  return { a: prior.a + conversions, b: prior.b + (units - conversions) }
}

/**
 * What is known of a rate after so many events in so much exposure (units, days, turns).
 *
 * @param events ≥ 0
 * @param exposure ≥ 0
 * @returns NaN parameters outside the domain
 *
 * Source: Gelman et al. 2013, section 2.6.
 */
export function gammaPosterior(
  { events, exposure }: { readonly events: number; readonly exposure: number },
  prior: GammaDistribution,
): GammaDistribution {
  if (!(events >= 0 && exposure >= 0 && isGamma(prior))) return { shape: Number.NaN, rate: Number.NaN }
  return { shape: prior.shape + events, rate: prior.rate + exposure }
}

/**
 * What is known of a mean or an effect after an estimate of it, normal with a known standard error.
 *
 * @param estimate finite
 * @param standardError ≥ 0; 0 leaves nothing to the prior
 * @param prior absent: flat, so that the estimate speaks alone
 * @returns NaN outside the domain
 *
 * Source: Gelman et al. 2013, eq. 2.10; the mean as the estimate drawn towards the prior, so that nothing is
 * lost when one of the two is much more precise.
 */
export function normalPosterior(
  { estimate, standardError }: { readonly estimate: number; readonly standardError: number },
  prior?: NormalDistribution,
): NormalDistribution {
  const isInDomain = Number.isFinite(estimate) && standardError >= 0 && standardError < Infinity
  if (!isInDomain) return { mean: Number.NaN, standardDeviation: Number.NaN }
  if (prior === undefined) return { mean: estimate, standardDeviation: standardError }
  if (!isNormal(prior)) return { mean: Number.NaN, standardDeviation: Number.NaN }
  const ratio = standardError / prior.standardDeviation
  return {
    mean: estimate / (1 + ratio ** 2) + prior.mean / (1 + ratio ** -2),
    standardDeviation: standardError / Math.hypot(1, ratio),
  }
}

export function betaSummary({ a, b }: BetaDistribution): Summary {
  const n = a + b
  return { mean: a / n, deviation: Math.sqrt(((a / n) * (b / n)) / (n + 1)) }
}

export function gammaSummary({ shape, rate }: GammaDistribution): Summary {
  return { mean: shape / rate, deviation: Math.sqrt(shape) / rate }
}

export function isBeta({ a, b }: BetaDistribution): boolean {
  return a > 0 && b > 0 && a + b <= LARGEST
}

export function isGamma({ shape, rate }: GammaDistribution): boolean {
  return shape > 0 && rate > 0 && shape <= LARGEST && rate < Number.POSITIVE_INFINITY
}

export function isNormal({ mean, standardDeviation }: NormalDistribution): boolean {
  return Number.isFinite(mean) && standardDeviation > 0 && standardDeviation < Number.POSITIVE_INFINITY
}

/** Mean and standard deviation of a distribution. */
export interface Summary {
  readonly mean: number
  readonly deviation: number
}
