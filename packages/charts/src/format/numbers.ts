/** Numbers as people read them. What does not exist (null, NaN, infinite) is a dash. */

export const NOTHING = '–'
/** Keeps a number and its unit on one line. */
const NARROW_SPACE = '\u202f'
const MINUS = '\u2212'

export type MaybeNumber = number | null | undefined

/** How the values of something are written. */
export interface NumberStyle {
  /** `percent` for shares: 0.031 is written 3.1 %. `points` for differences of shares: 3.1 pp. */
  readonly kind: 'number' | 'percent' | 'points'
  /** Unit of measure after the number: s, turns, currency. */
  readonly unit?: string
}

export const PLAIN: NumberStyle = { kind: 'number' }
export const PERCENT: NumberStyle = { kind: 'percent' }

/** Style of a metric's values: shares as percent, others with their unit of measure. */
export function styleOfMetric(metric: {
  readonly kind: string
  readonly unitOfMeasure?: string
}): NumberStyle {
  if (metric.kind === 'proportion' || metric.kind === 'retention') return PERCENT
  return metric.unitOfMeasure === undefined ? PLAIN : { kind: 'number', unit: metric.unitOfMeasure }
}

/** Style of the difference of two values: shares differ by percentage points, which are not percent. */
export function styleOfDifference(style: NumberStyle): NumberStyle {
  return style.kind === 'percent' ? { kind: 'points' } : style
}

export function isNumber(value: MaybeNumber): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** Whole things: 1,234; from a hundred thousand on in words a person can say: 1.2 M. */
export function formatCount(value: MaybeNumber): string {
  if (!isNumber(value)) return NOTHING
  if (Math.abs(value) < 100_000) return withMinus(Math.round(value).toLocaleString('en'))
  const [size, letter] = Math.abs(value) < 1e6 ? [1e3, 'k'] : Math.abs(value) < 1e9 ? [1e6, 'M'] : [1e9, 'G']
  return `${withMinus(significant(value / size, 3))}${NARROW_SPACE}${letter}`
}

/** A value with three significant digits and its unit. */
export function formatValue(value: MaybeNumber, style: NumberStyle = PLAIN): string {
  return isNumber(value) ? `${digitsOf(value, style)}${suffixOf(style)}` : NOTHING
}

/** A difference: with its sign, and `0` without. */
export function formatDifference(value: MaybeNumber, style: NumberStyle = PLAIN): string {
  if (!isNumber(value)) return NOTHING
  const digits = digitsOf(value, style)
  const sign = value > 0 && /[1-9]/.test(digits) ? '+' : ''
  return `${sign}${digits}${suffixOf(style)}`
}

/** [low, high], both with as many decimals as their distance makes meaningful. */
export function formatInterval(low: MaybeNumber, high: MaybeNumber, style: NumberStyle = PLAIN): string {
  if (!isNumber(low) || !isNumber(high)) return NOTHING
  const scale = scaleOf(style)
  const decimals = decimalsFor((high - low) * scale)
  const write = (value: number) => withMinus(fixed(value * scale, decimals))
  return `[${write(low)}, ${write(high)}]${suffixOf(style)}`
}

/** p = 0.012; very small ones as a bound, since their digits mean nothing. */
export function formatPValue(p: MaybeNumber): string {
  if (!isNumber(p)) return NOTHING
  if (p < 0.0001) return 'p < 0.0001'
  return `p = ${p < 0.1 ? significant(p, 2) : p.toFixed(2)}`
}

/** A share as percent. */
export function formatPercent(value: MaybeNumber): string {
  return formatValue(value, PERCENT)
}

/** 117 MB: sizes in memory and on disk. */
export function formatBytes(bytes: MaybeNumber): string {
  if (!isNumber(bytes)) return NOTHING
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${significant(bytes / 1000 ** power, 3)}${NARROW_SPACE}${units[power]}`
}

function scaleOf({ kind }: NumberStyle): number {
  return kind === 'number' ? 1 : 100
}

function digitsOf(value: number, style: NumberStyle): string {
  return withMinus(significant(value * scaleOf(style), 3))
}

/** At least `digits` significant ones, without an exponent where a person would not use one. */
function significant(value: number, digits: number): string {
  if (value === 0) return '0'
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  if (magnitude < -5 || magnitude > 14) return value.toExponential(digits - 1)
  return fixed(value, Math.min(8, Math.max(0, digits - 1 - magnitude)))
}

function fixed(value: number, decimals: number): string {
  const text = value.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return /[1-9]/.test(text) ? text : text.replace('-', '')
}

/** Two digits of the width: [1.2, 5.0] and not [1.2345, 4.9876]. */
function decimalsFor(width: number): number {
  if (!(width > 0)) return 2
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(width))))
}

function withMinus(text: string): string {
  return text.replace('-', MINUS)
}

function suffixOf({ kind, unit }: NumberStyle): string {
  if (kind === 'percent') return `${NARROW_SPACE}%`
  if (kind === 'points') return `${NARROW_SPACE}pp`
  return unit === undefined || unit === 'currency' ? '' : `${NARROW_SPACE}${unit}`
}
