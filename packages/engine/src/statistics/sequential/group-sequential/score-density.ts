import { normalSf } from '../../distributions/normal.ts'
import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { gaussLegendre } from '../../special/gauss-legendre.ts'

/**
 * Where a group-sequential test stands that has not stopped yet: the density of its score S = Z√I, which moves between
 * looks by independent normal steps with mean drift · ΔI and variance ΔI. Kept as masses at the nodes of a quadrature.
 *
 * The density and the normal kernel are analytic on the continuation region, so Gauss and Legendre's rule converges
 * geometrically: nodes in proportion to the region's length over the steps' standard deviation reach the last digits of
 * a double, where the piecewise Simpson rule of the source has six.
 *
 * Source: Armitage, McPherson & Rowe 1969, doi:10.2307/2343787; Jennison & Turnbull 2000, section 19.2.
 */
export interface ScoreDensity {
  /** Information at the last look. */
  readonly information: number
  /** Drift: expectation of Z at information 1. */
  readonly drift: number
  readonly nodes: Float64Array
  readonly masses: Float64Array
}

/** Values of z between which a test goes on. */
export interface ContinuationInterval {
  readonly low: number
  readonly high: number
}

/** Probability beyond this many standard deviations is below the last digit of what is computed. */
const REACH = 9

/** Nodes for each unit of half the region over the standard deviation of a step; found by doubling until nothing moved. */
const NODES_PER_DEVIATION = 4.5
const LEAST_NODES = 16
const MOST_NODES_A_PANEL = 256

/** e^−x²/2 is 0 from here on. */
const KERNEL_REACH = 38.6

const SQRT_TWO_PI = 2.5066282746310005024

/** Before the first look. */
export function startDensity(drift: number): ScoreDensity {
  return { information: 0, drift, nodes: Float64Array.of(0), masses: Float64Array.of(1) }
}

/** Probability of having come this far without stopping. */
export function massOf({ masses }: ScoreDensity): number {
  let sum = 0
  for (const mass of masses) sum += mass
  return sum
}

/** P(not stopped before, Z ≥ z at the next look), at its information. */
export function exceedance(density: ScoreDensity, information: number, z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 0
  if (z === Number.NEGATIVE_INFINITY) return massOf(density)
  const { nodes, masses, drift } = density
  const step = information - density.information
  const scale = 1 / Math.sqrt(step)
  const target = (z * Math.sqrt(information) - drift * step) * scale
  let sum = 0
  for (let i = 0; i < nodes.length; i++) {
    sum += (masses[i] as number) * normalSf(target - (nodes[i] as number) * scale)
  }
  return sum
}

/** The same experiment with all signs turned, so that what is true of upper tails is true of lower ones. */
export function mirrored({ information, drift, nodes, masses }: ScoreDensity): ScoreDensity {
  return { information, drift: -drift, nodes: nodes.map((s) => -s), masses }
}

/** Density of z at the next look, before it is decided. */
function heightAt(density: ScoreDensity, information: number, score: number): number {
  const { nodes, masses, drift } = density
  const step = information - density.information
  const scale = 1 / Math.sqrt(step)
  const target = score - drift * step
  const from = firstNodeFrom(nodes, target - KERNEL_REACH / scale)
  const last = target + KERNEL_REACH / scale
  let sum = 0
  for (let i = from; i < nodes.length && (nodes[i] as number) <= last; i++) {
    const distance = (target - (nodes[i] as number)) * scale
    sum += (masses[i] as number) * Math.exp((-distance * distance) / 2)
  }
  return (sum * scale) / SQRT_TWO_PI
}

/**
 * The density after a look at which the test went on.
 *
 * @param information at the look
 * @param intervals where it goes on, ascending
 * @param next information of the look after, if there is one: the nodes must be fine enough for that step
 * @param farthest how far from 0 the score's path to a later boundary can lead, in z
 */
export function continued(
  density: ScoreDensity,
  information: number,
  intervals: readonly ContinuationInterval[],
  { next = Number.POSITIVE_INFINITY, farthest = 0 }: { readonly next?: number; readonly farthest?: number },
): ScoreDensity {
  const root = Math.sqrt(information)
  const mean = density.drift * root
  const low = Math.min(0, mean, -farthest) - REACH
  const high = Math.max(0, mean, farthest) + REACH
  const rate = Math.sqrt(1 / (information - density.information) + 1 / (next - information))
  const nodes: number[] = []
  const masses: number[] = []
  for (const interval of intervals) {
    const from = Math.max(low, interval.low) * root
    const to = Math.min(high, interval.high) * root
    if (from < to) addNodes(nodes, masses, from, to, ((to - from) / 2) * rate)
  }
  for (let i = 0; i < nodes.length; i++) {
    masses[i] = (masses[i] as number) * heightAt(density, information, nodes[i] as number)
  }
  return {
    information,
    drift: density.drift,
    nodes: Float64Array.from(nodes),
    masses: Float64Array.from(masses),
  }
}

/** Nodes and weights of equal panels. */
function addNodes(nodes: number[], weights: number[], from: number, to: number, deviations: number): void {
  const wanted = LEAST_NODES + NODES_PER_DEVIATION * deviations
  const panels = Math.ceil(wanted / MOST_NODES_A_PANEL)
  const rule = gaussLegendre(Math.ceil(LEAST_NODES + (NODES_PER_DEVIATION * deviations) / panels))
  const half = (to - from) / (2 * panels)
  for (let panel = 0; panel < panels; panel++) {
    const centre = from + (2 * panel + 1) * half
    for (let i = 0; i < rule.nodes.length; i++) {
      nodes.push(centre + half * (rule.nodes[i] as number))
      weights.push(half * (rule.weights[i] as number))
    }
  }
}

function firstNodeFrom(nodes: Float64Array, least: number): number {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((nodes[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

const MOST_STEPS = 100

/**
 * z that is reached or exceeded at a look, by tests that have not stopped before, with a given probability.
 *
 * Newton's method on the logarithm of {@link exceedance}, from the z of a single look, which no stopping can push up;
 * with bisection where it leaves the bracket.
 *
 * @returns Infinity for probability 0; −Infinity where less is left than the probability
 */
export function upperBoundary(density: ScoreDensity, information: number, probability: number): number {
  if (!(probability > 0)) return Number.isNaN(probability) ? Number.NaN : Number.POSITIVE_INFINITY
  if (massOf(density) <= probability) return Number.NEGATIVE_INFINITY
  const root = Math.sqrt(information)
  const target = Math.log(probability)
  let high = density.drift * root - normalQuantile(probability) + 1e-9
  let low = Number.NEGATIVE_INFINITY
  let z = high
  for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
    const tail = exceedance(density, information, z)
    if (tail > probability) low = z
    else high = z
    const slope = (heightAt(density, information, z * root) * root) / tail
    const change = (Math.log(tail) - target) / slope
    const newton = z + change
    const bisection = low === Number.NEGATIVE_INFINITY ? high - 1 : (low + high) / 2
    const renewed = newton > low && newton <= high ? newton : bisection
    if (Math.abs(renewed - z) <= 2 * Number.EPSILON * Math.max(1, Math.abs(z))) return renewed
    z = renewed
  }
  return z
}
