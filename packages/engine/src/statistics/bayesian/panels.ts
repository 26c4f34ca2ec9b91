import { findRoot } from '../special/find-root.ts'
import type { Line } from './line.ts'
import type { LogConcaveDensity } from './log-concave.ts'
import { integratePanel, NODES, POINTS } from './panel-rule.ts'

/** What a panel can resolve: seven standard deviations, a fall by e¹⁶, and four units of a curved line. */
const MOST_LENGTH = 7
const MOST_FALL = 16
const LONGEST = 4

/** The product of more distribution functions than this rises so steeply that it takes panels so much shorter. */
const MANY = 12
const FINER = 2.4

/** A panel of a curved line that is shorter than so many standard deviations is straight. */
const STRAIGHT = 3e-7

/**
 * Densities, distribution functions and their complements at the nodes of one panel. The rows of the arrays are
 * the densities in the order given; the arrays are used again for the next panel.
 */
export interface Panel {
  readonly centre: number
  readonly half: number
  readonly density: Float64Array
  /** P(below), to full relative accuracy where it is small. */
  readonly lower: Float64Array
  /** P(above, in the panel), likewise. */
  readonly upper: Float64Array
  /** P(in the panel) of each. */
  readonly mass: Float64Array
}

/** What part of the line to go over. */
export interface PanelRange {
  readonly from: number
  readonly to: number
  /** Where each density becomes negligible; that may be within the range. */
  readonly ends: readonly number[]
  /** P(below the range) of each density. */
  readonly below: Float64Array
}

/** The points of the line where the logarithm of a density lies by `drop` below its peak. */
export function effectiveRange(density: LogConcaveDensity, drop: number): readonly [number, number] {
  return [endOf(density, drop, -1), endOf(density, drop, 1)]
}

function endOf({ mode, curvature, drop }: LogConcaveDensity, depth: number, side: -1 | 1): number {
  const excess = (distance: number) => Math.log1p(-drop(mode + side * distance)) - Math.log1p(depth)
  // Exact for a normal density.
  let far = Math.sqrt((2 * depth) / curvature(mode, mode))
  const surplus = excess(far)
  if (surplus >= 0 && surplus < 0.05) return mode + side * far
  while (excess(far) < 0) far *= 2
  return mode + side * findRoot(excess, 0, far, 0.01)
}

/**
 * Goes over a range panel by panel, each short enough that all densities are polynomials on it to twelve
 * digits, and tells `visit` of each.
 */
export function eachPanel(
  densities: readonly LogConcaveDensity[],
  { fillExcess, isStraight }: Line,
  { from, to, ends, below }: PanelRange,
  visit: (panel: Panel) => void,
): void {
  const count = densities.length
  const density = new Float64Array(count * POINTS)
  const lower = new Float64Array(count * POINTS)
  const upper = new Float64Array(count * POINTS)
  const mass = new Float64Array(count)
  const bases = below.slice()
  const excesses = new Float64Array(POINTS)
  for (let start = from; start < to; ) {
    const end = panelEnd(densities, ends, start, to, isStraight)
    const half = (end - start) / 2
    const centre = start + half
    fillExcess(centre, half, excesses)
    for (let k = 0; k < count; k++) {
      const each = densities[k] as LogConcaveDensity
      mass[k] = 0
      if (start >= (ends[k] as number)) {
        density.fill(0, k * POINTS, (k + 1) * POINTS)
        lower.fill(Math.min(1, bases[k] as number), k * POINTS, (k + 1) * POINTS)
        upper.fill(0, k * POINTS, (k + 1) * POINTS)
        continue
      }
      fillDensity(each, centre, half, excesses, density, k * POINTS)
      mass[k] = integratePanel(density, lower, upper, k * POINTS, half, bases[k] as number)
      bases[k] = (bases[k] as number) + (mass[k] as number)
    }
    visit({ centre, half, density, lower, upper, mass })
    start = end
  }
}

function panelEnd(
  densities: readonly LogConcaveDensity[],
  ends: readonly number[],
  start: number,
  to: number,
  isStraight: boolean,
): number {
  const rest = to - start
  const fineness = densities.length > MANY ? FINER : 1
  let length = fineness * rest
  for (let k = 0; k < densities.length; k++) {
    if (start >= (ends[k] as number)) continue
    length = resolvable(densities[k] as LogConcaveDensity, start, length, isStraight)
  }
  length /= fineness
  if (length >= rest) return to
  // Two equal parts rather than a whole one and a sliver.
  return start + (length > rest / 2 ? rest / 2 : length)
}

/** The longest panel from a point on, at most `most`, on which a density is a polynomial. */
function resolvable(
  { drop, slope, curvature }: LogConcaveDensity,
  start: number,
  most: number,
  isStraight: boolean,
): number {
  const here = curvature(start, start)
  let length = Math.min(most, MOST_LENGTH / Math.sqrt(here), lengthOfFall(slope(start), here))
  for (let step = 0; step < 200; step++) {
    const highest = curvature(start, start + length)
    const deviations = length * Math.sqrt(highest)
    const isShort = isStraight || length <= LONGEST || deviations < STRAIGHT
    // With an even curvature the fall is as foreseen.
    const isGentle = highest < 1.3 * here || drop(start) - drop(start + length) <= 1.3 * MOST_FALL
    if (isShort && isGentle && deviations <= 1.05 * MOST_LENGTH) break
    length *= 0.8
  }
  return length
}

/** How far a parabola takes to rise or fall as much as a panel can resolve. */
function lengthOfFall(slope: number, curvature: number): number {
  if (slope > 0) return MOST_FALL / slope
  return (2 * MOST_FALL) / (Math.sqrt(slope ** 2 + 2 * MOST_FALL * curvature) - slope)
}

function fillDensity(
  { logPeak, drop, slope, weight }: LogConcaveDensity,
  centre: number,
  half: number,
  excesses: Float64Array,
  density: Float64Array,
  offset: number,
): void {
  const logarithm = logPeak + drop(centre)
  const gradient = slope(centre) * half
  const factor = weight(centre)
  for (let i = 0; i < POINTS; i++) {
    const exponent = logarithm + gradient * (NODES[i] as number) - factor * (excesses[i] as number)
    density[offset + i] = Math.exp(exponent)
  }
}
