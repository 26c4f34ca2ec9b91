/** Numbers as people read them. What does not exist (null, NaN, infinite) is a dash. */

export const NOTHING = '–'
/** Keep a number and what follows it on one line: narrow before a sign or letter, whole before a word. */
const NARROW_SPACE = '\u202f'
const NO_BREAK_SPACE = '\u00a0'
const MINUS = '\u2212'
/** Digits beyond this many decimals say nothing to a person. */
const MOST_DECIMALS = 8

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

/** Whole things: 1,234; from a million on in words a person can say: 1.23 M. */
export function formatCount(value: MaybeNumber): string {
  if (!isNumber(value)) return NOTHING
  return Math.abs(Math.round(value)) < 1e6 ? withMinus(fixed(value, 0)) : compact(value)
}

function compact(value: number): string {
  const size = Math.abs(Math.round(value))
  // Half a step earlier than the power of ten: 999,600 reads 1.00 M, never 1,000 k.
  const [unit, letter] = size < 999_500 ? [1e3, 'k'] : size < 999_500_000 ? [1e6, 'M'] : [1e9, 'G']
  return `${withMinus(significant(value / unit, 3))}${NARROW_SPACE}${letter}`
}

/** A value with three significant digits and its unit. */
export function formatValue(value: MaybeNumber, style: NumberStyle = PLAIN): string {
  return isWritable(value, style) ? `${digitsOf(value, style)}${suffixOf(style)}` : NOTHING
}

/** A difference: with its sign, and `0` without. */
export function formatDifference(value: MaybeNumber, style: NumberStyle = PLAIN): string {
  return isWritable(value, style) ? `${withPlus(value, digitsOf(value, style))}${suffixOf(style)}` : NOTHING
}

/** [low, high], both with as many decimals as their distance makes meaningful. */
export function formatInterval(low: MaybeNumber, high: MaybeNumber, style: NumberStyle = PLAIN): string {
  if (!isWritable(low, style) || !isWritable(high, style)) return NOTHING
  return `${bounds(low, high, style)}${suffixOf(style)}`
}

/**
 * A difference with its interval, both with the same decimals: +3.1 % [1.2, 5.0]. Without an interval only
 * the difference.
 */
export function formatEstimate(
  interval: { readonly estimate: MaybeNumber; readonly low: MaybeNumber; readonly high: MaybeNumber },
  style: NumberStyle = PLAIN,
): string {
  const { estimate, low, high } = interval
  if (!isWritable(estimate, style) || !isWritable(low, style) || !isWritable(high, style)) {
    return formatDifference(estimate, style)
  }
  const scale = scaleOf(style)
  const digits = written(estimate * scale, decimalsOf(low * scale, high * scale))
  return `${withPlus(estimate, digits)}${suffixOf(style)} ${bounds(low, high, style)}`
}

/** A mark of an axis whose marks are `step` apart: no more decimals than the step needs. */
export function formatOnAxis(value: MaybeNumber, step: number, style: NumberStyle = PLAIN): string {
  if (!isWritable(value, style)) return NOTHING
  const scale = scaleOf(style)
  const [scaled, scaledStep] = [value * scale, Math.abs(step * scale)]
  if (Math.abs(scaled) >= 100_000) return `${compact(scaled)}${suffixOf(style)}`
  const decimals = scaledStep > 0 ? Math.ceil(-Math.log10(scaledStep) - 1e-9) : 2
  if (decimals > MOST_DECIMALS) return `${withMinus(significant(scaled, 2))}${suffixOf(style)}`
  return `${written(scaled, Math.max(0, decimals))}${suffixOf(style)}`
}

/** p = 0.012; very small ones as a bound, since their digits mean nothing. */
export function formatPValue(p: MaybeNumber): string {
  if (!isNumber(p)) return NOTHING
  if (p < 0.0001) return 'p < 0.0001'
  return `p = ${p < 0.0995 ? significant(p, 2) : p.toFixed(2)}`
}

/** A share as percent. */
export function formatPercent(value: MaybeNumber): string {
  return formatValue(value, PERCENT)
}

/** A chance as percent, never nothing and never certain: > 99.9 %. */
export function formatChance(chance: MaybeNumber): string {
  if (!isNumber(chance)) return NOTHING
  if (chance > 0.9995) return `>${NARROW_SPACE}99.9${NARROW_SPACE}%`
  if (chance < 0.0005) return `<${NARROW_SPACE}0.1${NARROW_SPACE}%`
  return `${(chance * 100).toFixed(1)}${NARROW_SPACE}%`
}

/** 117 MB: sizes in memory and on disk. */
export function formatBytes(bytes: MaybeNumber): string {
  if (!isNumber(bytes)) return NOTHING
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const whole = Math.round(bytes)
  const thousands = Math.floor(magnitudeOf(Math.max(1, Math.abs(whole)), 3) / 3)
  const power = Math.min(units.length - 1, thousands)
  const digits = power === 0 ? fixed(whole, 0) : significant(whole / 1000 ** power, 3)
  return `${withMinus(digits)}${NARROW_SPACE}${units[power]}`
}

function scaleOf({ kind }: NumberStyle): number {
  return kind === 'number' ? 1 : 100
}

/** Whether it is a number, and still one as percent. */
function isWritable(value: MaybeNumber, style: NumberStyle): value is number {
  return isNumber(value) && Number.isFinite(value * scaleOf(style))
}

function digitsOf(value: number, style: NumberStyle): string {
  return withMinus(significant(value * scaleOf(style), 3))
}

/** `low` and `high` in brackets, without their unit. */
function bounds(low: number, high: number, style: NumberStyle): string {
  const scale = scaleOf(style)
  const decimals = decimalsOf(low * scale, high * scale)
  return `[${written(low * scale, decimals)}, ${written(high * scale, decimals)}]`
}

/** At least `digits` significant ones, without an exponent where a person would not use one. */
function significant(value: number, digits: number): string {
  if (value === 0) return '0'
  const magnitude = magnitudeOf(value, digits)
  if (magnitude < -5 || magnitude > 14) return value.toExponential(digits - 1)
  return fixed(value, Math.min(MOST_DECIMALS, Math.max(0, digits - 1 - magnitude)))
}

/** Power of ten of the first digit, once the value is rounded: 9.996 is written 10.0, not 10.00. */
function magnitudeOf(value: number, digits: number): number {
  return Number(value.toExponential(digits - 1).split('e')[1])
}

/** Making a formatter costs far more than using it, and a chart writes thousands of numbers. */
const formatters = new Map<number, Intl.NumberFormat>()

function fixed(value: number, decimals: number): string {
  let formatter = formatters.get(decimals)
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    formatters.set(decimals, formatter)
  }
  const text = formatter.format(value)
  return /[1-9]/.test(text) ? text : text.replace('-', '')
}

/** With so many decimals; what would then be all digits or all zeros is written with an exponent. */
function written(value: number, decimals: number): string {
  const size = Math.abs(value)
  const isBeyondDigits = size >= 1e15 || (decimals === MOST_DECIMALS && size > 0 && size < 1e-7)
  return withMinus(isBeyondDigits ? value.toExponential(2) : fixed(value, decimals))
}

/**
 * Decimals that show two digits of the width: [1.2, 5.0] and not [1.2345, 4.9876]. A bound that is not zero
 * gets up to three more before it reads as zero, since whether zero lies inside is what an interval is
 * looked at for.
 */
function decimalsOf(low: number, high: number): number {
  const width = high - low
  const nearest = Math.min(...[low, high].map(Math.abs).filter((bound) => bound > 0))
  const reference = width > 0 ? width : nearest
  if (!Number.isFinite(reference)) return width === 0 ? 0 : 2
  const decimals = 1 - Math.floor(Math.log10(reference))
  const untilVisible = Number.isFinite(nearest) ? -Math.floor(Math.log10(nearest)) : decimals
  return Math.min(MOST_DECIMALS, Math.max(0, decimals, Math.min(untilVisible, Math.max(0, decimals) + 3)))
}

function withMinus(text: string): string {
  return text.replaceAll('-', MINUS)
}

/** A plus before what is positive and does not round to zero. */
function withPlus(value: number, digits: string): string {
  return value > 0 && /[1-9]/.test(digits) ? `+${digits}` : digits
}

function suffixOf({ kind, unit }: NumberStyle): string {
  if (kind === 'percent') return `${NARROW_SPACE}%`
  if (kind === 'points') return `${NO_BREAK_SPACE}pp`
  return unit === undefined || unit === 'currency' ? '' : `${NO_BREAK_SPACE}${unit}`
}
