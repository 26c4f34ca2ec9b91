import type { IntervalEstimate } from '@helios/engine'

const MINUS = '−'
const SMALLEST_P = 1e-300
/** Beyond these, digits in front of or behind the point tell less than an exponent. */
const LARGEST_PLAIN = 1e12
const MOST_DECIMALS = 7

/** How values of a kind are shown: 0.1062 as 10.62 %. */
export interface Scale {
  readonly factor: number
  readonly unit: string
}

export const PLAIN: Scale = { factor: 1, unit: '' }
export const PERCENT: Scale = { factor: 100, unit: ' %' }
export const PERCENTAGE_POINTS: Scale = { factor: 100, unit: ' pp' }

export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** 0.0086, 1.2e-7, < 1e-300. */
export function pValue(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value < SMALLEST_P) return '< 1e-300'
  if (value >= 0.1) return value.toFixed(2)
  return value >= 0.001 ? value.toPrecision(2) : value.toExponential(1)
}

/** `p = 0.0086` or `p < 1e-300`. */
export function pEquals(value: number): string {
  const text = pValue(value)
  return text.startsWith('<') ? `p ${text}` : `p = ${text}`
}

/** A level with four significant digits: 10.62 %, 1.423, 12,346. */
export function level(value: number, { factor, unit }: Scale): string {
  const scaled = value * factor
  if (!Number.isFinite(scaled)) return '–'
  const size = Math.abs(scaled)
  if (size === 0) return `0${unit}`
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(size)))
  return `${plain(scaled, decimals)}${unit}`
}

/**
 * Decimals that show the half width of an interval as a number from 30 to 300: two digits, or three where
 * two would round too coarsely.
 */
export function decimalsFor({ low, high }: IntervalEstimate, { factor }: Scale): number {
  const half = (Math.abs(high - low) / 2) * factor
  return half > 0 && Number.isFinite(half) ? Math.max(0, Math.ceil(Math.log10(30 / half))) : 3
}

/** +7.66 pp, with the precision of its interval. */
export function change(interval: IntervalEstimate, scale: Scale): string {
  return signed(interval.estimate * scale.factor, decimalsFor(interval, scale)) + scale.unit
}

/** [+7.00, +8.32] */
export function bounds(interval: IntervalEstimate, scale: Scale): string {
  const decimals = decimalsFor(interval, scale)
  return `[${[interval.low, interval.high].map((end) => signed(end * scale.factor, decimals)).join(', ')}]`
}

/** A number with its sign; zero, also after rounding, has none. */
export function signed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : value < 0 ? `${MINUS}∞` : '–'
  const text = plain(Math.abs(value), decimals)
  if (Number(text.replaceAll(',', '')) === 0) return text
  return (value > 0 ? '+' : MINUS) + text
}

function plain(value: number, decimals: number): string {
  const size = Math.abs(value)
  const text =
    decimals > MOST_DECIMALS || size >= LARGEST_PLAIN
      ? size.toExponential(2)
      : size.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return value < 0 ? MINUS + text : text
}
