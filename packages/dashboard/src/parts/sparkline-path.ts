import { isNumber, type MaybeNumber } from '@helios/charts/format'

/** Bars beyond this many would run into each other. */
const MOST_BARS = 48
const GAP = 1
/** What is nothing still shows that something was counted. */
const LEAST_HEIGHT = 1

export interface SparklinePath {
  readonly kind: 'bars' | 'line'
  /** SVG path in a box of `width` × `height`; empty without values. */
  readonly path: string
}

/** Values from left to right, from zero up: bars when they fit, else a line. What is no number counts as zero. */
export function sparklinePath(values: readonly MaybeNumber[], width: number, height: number): SparklinePath {
  const known = values.map((value) => (isNumber(value) ? Math.max(0, value) : 0))
  const highest = known.reduce((a, b) => Math.max(a, b), 0)
  const shares = known.map((value) => (highest > 0 ? value / highest : 0))
  return shares.length <= MOST_BARS
    ? { kind: 'bars', path: barsPath(shares, width, height) }
    : { kind: 'line', path: linePath(shares, width, height) }
}

function barsPath(shares: readonly number[], width: number, height: number): string {
  const step = width / Math.max(1, shares.length)
  return shares
    .map((share, i) => {
      const tall = Math.max(LEAST_HEIGHT, share * height)
      return `M${short(i * step)} ${height}v${short(-tall)}h${short(step - GAP)}v${short(tall)}z`
    })
    .join('')
}

function linePath(shares: readonly number[], width: number, height: number): string {
  const step = width / (shares.length - 1)
  // Half the width of the line stays inside at both ends.
  const y = (share: number) => short(height - 1 - share * (height - 2))
  return shares.map((share, i) => `${i === 0 ? 'M' : 'L'}${short(i * step)} ${y(share)}`).join('')
}

function short(value: number): number {
  return Math.round(value * 100) / 100
}
