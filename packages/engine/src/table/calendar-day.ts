/** A header such as `date`, `week`, `created_at`, `exposureDate`. */
const DATE_HEADER = /^(?:date|day|week|timestamp|datetime)$|[_ -](?:at|date|day)$/i
const CAMEL_CASE_DATE_HEADER = /[a-z](?:At|Date|Day)$/
const COUNTED_HEADER = /^(?:day|week)$/i

export function isDateHeader(name: string): boolean {
  return DATE_HEADER.test(name) || CAMEL_CASE_DATE_HEADER.test(name)
}

const ZERO = 0x30
const SPACE = 0x20
const LETTER_T = 0x54
const DASH = 0x2d
const SLASH = 0x2f

/** yyyymmdd of `2026-01-31`, alone or before a time, without making a text; 0 for everything else. */
export function isoDay(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 10) return 0
  if (to - from > 10 && bytes[from + 10] !== LETTER_T && bytes[from + 10] !== SPACE) return 0
  const separator = bytes[from + 4]
  if ((separator !== DASH && separator !== SLASH) || bytes[from + 7] !== separator) return 0
  const year = digits(bytes, from, 4)
  const month = digits(bytes, from + 5, 2)
  const day = digits(bytes, from + 8, 2)
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? (year * 100 + month) * 100 + day : 0
}

/** Value of some digits; a large negative number when one of them is none. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) {
    const digit = (bytes[i] as number) - ZERO
    if (digit < 0 || digit > 9) return Number.NEGATIVE_INFINITY
    value = value * 10 + digit
  }
  return value
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const TIME_MAY_FOLLOW = '(?=$|[ T,])'
const DAYS: readonly RegExp[] = [
  new RegExp(`^\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})${TIME_MAY_FOLLOW}`),
  new RegExp(`^\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}${TIME_MAY_FOLLOW}`),
  new RegExp(`^\\d{1,2}[ -]${MONTH}[ -]\\d{4}${TIME_MAY_FOLLOW}`, 'i'),
  new RegExp(`^${MONTH} \\d{1,2},? \\d{4}${TIME_MAY_FOLLOW}`, 'i'),
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
  /^\d{4}-\d{2}$/,
  /^\d{4}-?W\d{1,2}$/,
]

/** Day of a date in another notation, as a label; undefined where the text looks like no date. */
export function dayLabel(text: string, header: string): string | undefined {
  for (const pattern of DAYS) {
    const found = pattern.exec(text)
    if (found) return found[0]
  }
  if (/^1\d{9}(?:\.\d+)?$/.test(text)) return utcDay(Number(text) * 1000)
  if (/^1\d{12}$/.test(text)) return utcDay(Number(text))
  return COUNTED_HEADER.test(header) && /^\d{1,6}$/.test(text) ? text : undefined
}

function utcDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}
