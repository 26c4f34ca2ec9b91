import type { Line } from './line.ts'
import type { LogConcaveDensity } from './log-concave.ts'
import { NODES, POINTS, WEIGHTS } from './panel-rule.ts'
import { eachPanel, effectiveRange, type Panel, type PanelRange } from './panels.ts'

/** Of each of several independent variables. */
export interface Contest {
  /** P(it is the largest). */
  readonly chances: Float64Array
  /** Mean of (the largest of the others − it), where that is positive. */
  readonly losses: Float64Array
}

interface ContestRange extends PanelRange {
  /** Mean of (value at `from` − variable), where that is positive, of each. */
  readonly shortfall: Float64Array
}

/**
 * P(each variable is the largest) of independent variables: ∫ gₖ Π Gⱼ over j ≠ k, for all k on one grid.
 *
 * @param depth what lies below e^−depth of a peak is left out
 */
export function chancesToBeLargest(
  densities: readonly LogConcaveDensity[],
  line: Line,
  depth: number,
): Float64Array {
  const chances = new Float64Array(densities.length)
  const products = new Float64Array(densities.length)
  const range = contestRange(densities, line, depth)
  eachPanel(densities, line, range, (panel) => addChances(panel, chances, products))
  return chances
}

/**
 * The same, with the mean loss of choosing each: ∫ Gₖ (1 − Π Gⱼ) over j ≠ k and over values. All terms are
 * positive, so that a small loss is as accurate as a large one.
 */
export function contest(densities: readonly LogConcaveDensity[], line: Line, depth: number): Contest {
  const chances = new Float64Array(densities.length)
  const products = new Float64Array(densities.length)
  const range = contestRange(densities, line, depth)
  const kept: KeptPanel[] = []
  eachPanel(densities, line, range, (panel) => {
    addChances(panel, chances, products)
    kept.push(keep(panel))
  })
  const losses = range.shortfall
  const above = new Float64Array(densities.length)
  for (const panel of kept.reverse()) addLosses(panel, line, above, losses, products)
  return { chances, losses }
}

/** Of a panel that has been left behind, P(below), P(above, in the panel) and P(in the panel), one after the other. */
interface KeptPanel {
  readonly centre: number
  readonly half: number
  readonly values: Float64Array
}

function keep({ centre, half, lower, upper, mass }: Panel): KeptPanel {
  const values = new Float64Array(2 * lower.length + mass.length)
  values.set(lower)
  values.set(upper, lower.length)
  values.set(mass, 2 * lower.length)
  return { centre, half, values }
}

function addChances({ half, density, lower }: Panel, chances: Float64Array, products: Float64Array): void {
  const last = chances.length - 1
  for (let i = 0; i < POINTS; i++) {
    // Products of all before, then, on the way back, of all after.
    let product = (WEIGHTS[i] as number) * half
    for (let k = 0, at = i; k <= last; k++, at += POINTS) {
      products[k] = product
      product *= lower[at] as number
    }
    product = 1
    for (let k = last, at = last * POINTS + i; k >= 0; k--, at -= POINTS) {
      const share = product * (products[k] as number) * (density[at] as number)
      chances[k] = (chances[k] as number) + share
      product *= lower[at] as number
    }
  }
}

/** @param above P(above the panel) of each; afterwards with what is in the panel */
function addLosses(
  { centre, half, values }: KeptPanel,
  { stretch }: Line,
  above: Float64Array,
  losses: Float64Array,
  complements: Float64Array,
): void {
  const count = losses.length
  const uppers = count * POINTS
  for (let i = 0; i < POINTS; i++) {
    const weight = (WEIGHTS[i] as number) * half * stretch(centre + half * (NODES[i] as number))
    // P(one of them lies above), of all before and then of all after: u + v − u v without cancellation.
    let either = 0
    for (let k = 0, at = uppers + i; k < count; k++, at += POINTS) {
      complements[k] = either
      either += (1 - either) * ((above[k] as number) + (values[at] as number))
    }
    either = 0
    for (let k = count - 1, at = k * POINTS + i; k >= 0; k--, at -= POINTS) {
      const before = complements[k] as number
      const anyOther = before + (1 - before) * either
      losses[k] = (losses[k] as number) + weight * (values[at] as number) * anyOther
      either += (1 - either) * ((above[k] as number) + (values[uppers + at] as number))
    }
  }
  for (let k = 0; k < count; k++) above[k] = (above[k] as number) + (values[2 * uppers + k] as number)
}

/**
 * The part of the line where the largest of the variables lies: from where the last of them begins to where the
 * last of them ends.
 */
function contestRange(densities: readonly LogConcaveDensity[], line: Line, depth: number): ContestRange {
  const ranges = densities.map((density) => effectiveRange(density, depth))
  const from = Math.max(...ranges.map(([start]) => start))
  const to = Math.max(...ranges.map(([, end]) => end))
  const below = new Float64Array(densities.length)
  const shortfall = new Float64Array(densities.length)
  densities.forEach((density, k) => {
    const [start, end] = ranges[k] as readonly [number, number]
    below[k] = tailBelow(density, start)
    if (start >= from) return
    const alone = { from: start, to: Math.min(from, end), ends: [end], below: below.slice(k, k + 1) }
    eachPanel([density], line, alone, (panel) => {
      below[k] = (below[k] as number) + (panel.mass[0] as number)
      shortfall[k] = (shortfall[k] as number) + integrateLower(panel, line)
    })
    if (end < from) shortfall[k] = (shortfall[k] as number) + line.value(from) - line.value(end)
  })
  return { from, to, ends: ranges.map(([, end]) => end), below, shortfall }
}

/** ∫ P(below) of the first variable over the values of a panel. */
function integrateLower({ centre, half, lower }: Panel, { stretch }: Line): number {
  let sum = 0
  for (let i = 0; i < POINTS; i++) {
    const at = centre + half * (NODES[i] as number)
    sum += (WEIGHTS[i] as number) * (lower[i] as number) * stretch(at)
  }
  return half * sum
}

/** P(below) where a density rises steeply: that of an exponential tail, to a per cent. */
function tailBelow({ logPeak, drop, slope }: LogConcaveDensity, at: number): number {
  return Math.exp(logPeak + drop(at)) / slope(at)
}
