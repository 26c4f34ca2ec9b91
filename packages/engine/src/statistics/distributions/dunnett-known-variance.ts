import { atLeastOne } from '../special/at-least-one.ts'
import { gaussLegendre } from '../special/gauss-legendre.ts'
import {
  dunnettLogFarTail,
  FAR_FROM,
  type KnownVariance,
  separated,
  type TreatmentGroup,
} from './dunnett-far-tail.ts'
import { normalSf, quickNormalSf } from './normal.ts'

const SQRT_TWO_PI = 2.5066282746310005024
const LOG_SQRT_TWO_PI = 0.9189385332046727418

/** e⁻³² and a few digits for the sum: what the spacing of the rule leaves out. */
const DIGITS = 32
const NEGLIGIBLE = 1e-16

/** A smaller rest of variance makes steps that panels follow better than evenly spaced nodes. */
const PANELS_BELOW = 0.12
const PANEL_POINTS = 20
const EVEN_PANEL = 2

/** Beyond this a normal variable is never met, to the last digit. */
const NORMAL_END = 9
const STEP_PANEL = 3

/** No step is taken to be narrower: its width has an effect of second order. */
const LEAST_REST = 1e-7

/** Equal loadings once, with how many there are. Empty when any is outside [0, 1). */
export function treatmentGroups(loadings: readonly number[]): TreatmentGroup[] {
  const counts = new Map<number, number>()
  for (const loading of loadings) {
    if (!(loading >= 0 && loading < 1)) return []
    counts.set(loading, (counts.get(loading) ?? 0) + 1)
  }
  return Array.from(counts, ([loading, count]) => {
    const rest = Math.max(LEAST_REST, Math.sqrt((1 - loading) * (1 + loading)))
    return { loading, rest, count }
  })
}

/**
 * log P(max Tᵢ > c), two-sided log P(max |Tᵢ| > c), for Tᵢ = √(1 − λᵢ²) Zᵢ + λᵢ Z₀ with independent standard normal
 * Z: the tail of Dunnett's statistic when variances are known.
 *
 * E over z = Z₀ of 1 − Π (1 − uᵢ), uᵢ the i-th tail given z: every term is positive, so that small tails keep their
 * digits. By the trapezoidal rule, or where the integrand has steps at c/λᵢ on panels that follow them.
 */
export function logUpperTailKnownVariance(given: KnownVariance): number {
  const { threshold, groups, twoSided } = given
  if (threshold > FAR_FROM) return dunnettLogFarTail(given)
  const leastRest = Math.min(...groups.map(({ rest }) => rest))
  const integral = leastRest < PANELS_BELOW ? byPanels(given) : byTrapezoids(given, leastRest)
  return Math.min(0, Math.log(twoSided ? 2 * integral : integral) - LOG_SQRT_TWO_PI)
}

/** ∫ of {@link integrand}; two-sided over z > 0 only, since it is even. */
function byTrapezoids(given: KnownVariance, leastRest: number): number {
  const { threshold, groups, twoSided } = given
  const largest = Math.max(...groups.map(({ loading }) => loading))
  const treatments = groups.reduce((sum, { count }) => sum + count, 0)
  // Off the real axis a term grows like exp(y²/(2 rest²)); the product of many bends more sharply, as measured.
  const bend = 1 + 0.65 * largest * Math.log(treatments)
  const spacing = (Math.PI * Math.SQRT2 * leastRest) / (Math.sqrt(DIGITS) * bend)
  const peak = Math.max(0, largest * threshold)
  const sumTowards = (step: number, beyond: number): number => {
    let sum = 0
    for (let z = step, k = 1; ; z = ++k * step) {
      const term = integrand(z, given)
      sum += term
      if (!(Math.abs(z) <= beyond || term > NEGLIGIBLE * sum)) return sum
    }
  }
  const centre = integrand(0, given)
  const right = sumTowards(spacing, peak)
  return spacing * (twoSided ? centre / 2 + right : centre + right + sumTowards(-spacing, 0))
}

/** exp(−z²/2) [1 − Π (1 − uᵢ)]. */
function integrand(z: number, { threshold, groups, twoSided }: KnownVariance): number {
  let any = 0
  for (const { loading, rest, count } of groups) {
    const near = (threshold - loading * z) / rest
    const far = (threshold + loading * z) / rest
    let beyond = quickNormalSf(near)
    // Far from its own sign a difference counts for less than a last digit.
    if (twoSided && far * far - near * near < 2 * DIGITS) beyond += quickNormalSf(far)
    any += atLeastOne(Math.min(1, beyond), count) * (1 - any)
  }
  return any * Math.exp(-(z * z) / 2)
}

function byPanels(given: KnownVariance): number {
  const edges = panelEdges(given)
  const { nodes, weights } = gaussLegendre(PANEL_POINTS)
  const end = edges.at(-1) as number
  let sum = SQRT_TWO_PI * normalSf(end)
  for (let panel = 1; panel < edges.length; panel++) {
    const from = edges[panel - 1] as number
    const half = ((edges[panel] as number) - from) / 2
    for (let i = 0; i < PANEL_POINTS; i++)
      sum += half * (weights[i] as number) * integrand(from + half * (1 + (nodes[i] as number)), given)
  }
  return sum
}

/**
 * Edges of panels: even ones, and closer ones about each step, up to where the first step has been climbed and 1 − Π
 * is 1. The step at c/λᵢ is rest/λᵢ wide, and narrower for the product of many; its left flank is longer where c is
 * large.
 */
function panelEdges({ threshold, groups, twoSided }: KnownVariance): number[] {
  const start = twoSided ? 0 : -NORMAL_END
  const tops = groups.map(({ loading, rest }) => (threshold + NORMAL_END * rest) / loading)
  const end = Math.max(start, Math.min(NORMAL_END + Math.max(0, threshold), ...tops))
  const edges = [end]
  for (let z = start; z < end; z += EVEN_PANEL) edges.push(z)
  let narrowest = EVEN_PANEL
  for (const { loading, rest, count } of groups) {
    const panel = ((rest / loading) * STEP_PANEL) / (1 + Math.log(count) / 3)
    if (!(panel < EVEN_PANEL)) continue
    narrowest = Math.min(narrowest, panel)
    for (let i = -6; i <= 3; i++) {
      const z = threshold / loading + i * panel
      if (z > start && z < end) edges.push(z)
    }
  }
  return separated(
    edges.sort((one, other) => one - other),
    narrowest / 2,
  )
}
