import type { IntervalEstimate } from '@helios/engine'
import { type Scale, signed } from './numbers.ts'
import { displayWidth, padEnd } from './terminal-text.ts'

/** Intervals drawn on one common axis with a marked zero. */
export interface IntervalPlot {
  /** One line per interval, all of the same width. */
  readonly bars: readonly string[]
  readonly axis: string
  readonly labels: string
}

const COLUMNS_PER_TICK = 7
const MARGIN_SHARE = 0.03

/** Draws intervals in lines of `width` columns. Infinite ends run to the edge. */
export function plotIntervals(
  intervals: readonly IntervalEstimate[],
  scale: Scale,
  width: number,
): IntervalPlot {
  const frame = frameFor(intervals, width)
  return {
    bars: intervals.map((interval) => drawBar(interval, frame)),
    ...drawAxis(frame, scale),
  }
}

interface Frame {
  readonly low: number
  readonly high: number
  readonly width: number
}

function frameFor(intervals: readonly IntervalEstimate[], width: number): Frame {
  const ends = intervals.flatMap(({ low, estimate, high }) => [low, estimate, high]).filter(Number.isFinite)
  const low = Math.min(0, ...ends)
  const high = Math.max(0, ...ends)
  const margin = (high - low || 1) * MARGIN_SHARE
  return { low: low - margin, high: high + margin, width }
}

function columnOf(value: number, { low, high, width }: Frame): number {
  const share = (value - low) / (high - low)
  return Math.round(Math.min(1, Math.max(0, share)) * (width - 1))
}

function drawBar({ low, estimate, high }: IntervalEstimate, frame: Frame): string {
  const cells = new Array<string>(frame.width).fill(' ')
  const zero = columnOf(0, frame)
  const [from, middle, to] = [columnOf(low, frame), columnOf(estimate, frame), columnOf(high, frame)]
  for (let i = from; i <= to; i++) cells[i] = '─'
  cells[zero] = zero > from && zero < to ? '┼' : '│'
  if (from !== zero) cells[from] = '├'
  if (to !== zero) cells[to] = '┤'
  cells[middle] = '●'
  return cells.join('')
}

function drawAxis(frame: Frame, scale: Scale): Pick<IntervalPlot, 'axis' | 'labels'> {
  const step = niceStep((frame.high - frame.low) * scale.factor, Math.max(2, frame.width / COLUMNS_PER_TICK))
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const axis = new Array<string>(frame.width).fill('─')
  let labels = ''
  const first = Math.ceil((frame.low * scale.factor) / step)
  const last = Math.floor((frame.high * scale.factor) / step)
  for (let tick = first; tick <= last; tick++) {
    const column = columnOf((tick * step) / scale.factor, frame)
    axis[column] = tick === 0 ? '┼' : '┴'
    labels = withLabel(labels, tick === 0 ? '0' : signed(tick * step, decimals), column, frame.width)
  }
  return { axis: axis.join(''), labels }
}

/** Adds a label centred on a column, unless it would touch the one before or leave the frame. */
function withLabel(labels: string, label: string, column: number, width: number): string {
  const start = Math.max(0, column - Math.floor(displayWidth(label) / 2))
  const touches = labels !== '' && start <= displayWidth(labels)
  return touches || start + displayWidth(label) > width ? labels : padEnd(labels, start) + label
}

/** 1, 2 or 5 times a power of ten, so that about `ticks` steps make the range. */
function niceStep(range: number, ticks: number): number {
  const rough = range / ticks
  const power = 10 ** Math.floor(Math.log10(rough))
  const multiple = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  return multiple * power
}
