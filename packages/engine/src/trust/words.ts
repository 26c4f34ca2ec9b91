import type { IntervalEstimate } from '../estimator.ts'
import type { Compared } from './evidence.ts'

/** Between a number and its unit, where no line may break. */
const NARROW_SPACE = '\u202f'
const MINUS = '−'
/** Most names in one sentence. */
const NAMES_SHOWN = 5
const MOST_DECIMALS = 15
/** By decimals; to make one costs more than a hundred uses of it. */
const FIXED = formats((decimals) => ({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }))
const AT_MOST = formats((decimals) => ({ maximumFractionDigits: decimals }))

function formats(optionsFor: (decimals: number) => Intl.NumberFormatOptions): readonly Intl.NumberFormat[] {
  return Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => new Intl.NumberFormat('en', optionsFor(i)))
}

/** A share as percent with two significant digits: 0.031 is 3.1 %, 0.05 is 5 %. */
export function percent(share: number): string {
  const decimals = share === 0 ? 0 : decimalsFor(share * 100)
  return `${withMinus((AT_MOST[decimals] as Intl.NumberFormat).format(share * 100))}${NARROW_SPACE}%`
}

/** +3.1 % [1.2 %, 5.0 %] on the relative scale, or +0.31 [0.12, 0.50] where there is none. */
export function effectInWords({ absolute, relative }: Pick<Compared, 'absolute' | 'relative'>): string {
  return relative.status === 'ok'
    ? intervalInWords(relative, 100, `${NARROW_SPACE}%`)
    : intervalInWords(absolute)
}

function intervalInWords({ estimate, low, high }: IntervalEstimate, scale = 1, suffix = ''): string {
  const decimals = decimalsOfInterval([estimate, low, high].map((value) => value * scale))
  const [middle, from, to] = [estimate, low, high].map(
    (value) => `${withMinus(fixed(value * scale, decimals))}${suffix}`,
  )
  return `${estimate > 0 ? '+' : ''}${middle} [${from}, ${to}]`
}

/** As many as the width makes meaningful; up to three more, so that what is not zero does not read as zero. */
function decimalsOfInterval(values: readonly number[]): number {
  const decimals = decimalsFor(Math.max(...values) - Math.min(...values))
  const needed = values.filter((value) => value !== 0).map((value) => decimalsFor(value, 1))
  return Math.min(decimals + 3, Math.max(decimals, ...needed))
}

/** p = 0.012; p = 3e−9. */
export function pInWords(pValue: number): string {
  if (pValue < 1e-300) return 'p < 1e−300'
  if (pValue < 0.0001) return `p = ${withMinus(pValue.toExponential(0))}`
  return `p = ${pValue < 0.0995 ? String(Number(pValue.toPrecision(2))) : pValue.toFixed(2)}`
}

export function count(value: number): string {
  return fixed(Math.round(value), 0)
}

/** A number of which only the size is known: two significant digits. */
export function about(value: number): string {
  return count(Number(value.toPrecision(2)))
}

/** 6.5 days; 1 day. */
export function daysInWords(days: number): string {
  const rounded = days < 10 ? Math.round(days * 10) / 10 : Math.round(days)
  return `${fixed(rounded, Number.isInteger(rounded) ? 0 : 1)} ${rounded === 1 ? 'day' : 'days'}`
}

/** B, C and D; many are cut short. */
export function list(names: readonly string[]): string {
  const shown = names.length > NAMES_SHOWN ? names.slice(0, NAMES_SHOWN - 1) : names
  const rest = names.length - shown.length
  const parts = rest > 0 ? [...shown, `${count(rest)} more`] : shown
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** A number of any size in three digits: 0.0312, 1,230, 1.23e−7. */
export function amount(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return withMinus(value.toExponential(2))
  return withMinus(fixed(value, decimalsFor(value, 3)))
}

/** Decimals that show a value with so many significant digits. */
function decimalsFor(value: number, digits = 2): number {
  const size = Math.abs(value)
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return 1
  return Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(size))))
}

function fixed(value: number, decimals: number): string {
  return (FIXED[decimals] as Intl.NumberFormat).format(value)
}

/** With the sign that typography has for it; nothing is not below zero. */
function withMinus(text: string): string {
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replaceAll('-', MINUS)
}
