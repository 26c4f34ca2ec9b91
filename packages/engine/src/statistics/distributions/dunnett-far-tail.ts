import { gaussLegendre } from '../special/gauss-legendre.ts'
import { normalLogSf } from './normal.ts'

/** From here on probabilities leave the range of doubles, and only their logarithms are left. */
export const FAR_FROM = 37

/** From here on Bonferroni's bound differs from the logarithm in no digit. */
const BONFERRONI_FROM = 1e7

const LOG_SQRT_TWO_PI = 0.9189385332046727418
const PANEL_POINTS = 20

/** A tail above this is far enough from the smallest double to be summed as it is. */
const SMALLEST_PLAIN = 1e-250

/** As many treatments as `count` whose difference from the control has this loading. */
export interface TreatmentGroup {
  readonly loading: number
  /** √(1 − λ²). */
  readonly rest: number
  readonly count: number
}

export interface KnownVariance {
  readonly threshold: number
  readonly groups: readonly TreatmentGroup[]
  readonly twoSided: boolean
}

/**
 * `logUpperTailKnownVariance` for thresholds above {@link FAR_FROM}, in logarithms throughout. Each group of treatments
 * has a peak at z = λc, as wide as its rest, or to the right as wide as 1/c; panels follow these.
 */
export function dunnettLogFarTail(given: KnownVariance): number {
  const { threshold, groups, twoSided } = given
  const sides = twoSided ? Math.LN2 : 0
  const treatments = groups.reduce((sum, { count }) => sum + count, 0)
  if (threshold > BONFERRONI_FROM) return sides + Math.log(treatments) + normalLogSf(threshold)
  const edges = peakEdges(threshold, groups)
  const { nodes, weights } = gaussLegendre(PANEL_POINTS)
  const logTerms: number[] = []
  for (let panel = 1; panel < edges.length; panel++) {
    const from = edges[panel - 1] as number
    const half = ((edges[panel] as number) - from) / 2
    for (let i = 0; i < PANEL_POINTS; i++) {
      const z = from + half * (1 + (nodes[i] as number))
      logTerms.push(Math.log(half * (weights[i] as number)) - (z * z) / 2 + logAny(z, given))
    }
  }
  return sides + logSumOfExponentials(logTerms) - LOG_SQRT_TWO_PI
}

function peakEdges(threshold: number, groups: readonly TreatmentGroup[]): number[] {
  const edges: number[] = []
  let narrowest = 1
  for (const { loading, rest } of groups) {
    for (let i = -5; i <= 5; i++) edges.push(loading * threshold + 2 * i * rest)
    for (let i = 0; i <= 13 && rest < 1 / threshold; i++)
      edges.push((threshold + (3 * i) / threshold) / loading)
    narrowest = Math.min(narrowest, rest)
  }
  return separated(
    edges.sort((one, other) => one - other),
    narrowest / 2,
  )
}

/** log of 1 − Π (1 − uᵢ), where the tails on the other side do not count. */
function logAny(z: number, { threshold, groups }: KnownVariance): number {
  const logTails = groups.map(
    ({ loading, rest, count }) => [normalLogSf((threshold - loading * z) / rest), count] as const,
  )
  const logNone = logTails.reduce((sum, [logTail, count]) => sum + count * Math.log1p(-Math.exp(logTail)), 0)
  const any = -Math.expm1(logNone)
  if (any > SMALLEST_PLAIN) return Math.log(any)
  return logSumOfExponentials(logTails.map(([logTail, count]) => logTail + Math.log(count)))
}

function logSumOfExponentials(logTerms: readonly number[]): number {
  const largest = logTerms.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY)
  if (largest === Number.NEGATIVE_INFINITY) return largest
  return largest + Math.log(logTerms.reduce((sum, logTerm) => sum + Math.exp(logTerm - largest), 0))
}

/** Ascending edges without those that follow another too closely; the last one stays. */
export function separated(edges: readonly number[], least: number): number[] {
  const kept: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const edge of edges) {
    if (!(edge - last > least)) continue
    kept.push(edge)
    last = edge
  }
  kept[kept.length - 1] = edges.at(-1) as number
  return kept
}
