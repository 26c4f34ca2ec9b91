/**
 * Versions by the precedence of Semantic Versioning 2.0.0, section 11, with two liberties that app versions
 * take: any number of numeric parts (missing ones are 0, so 1.2 equals 1.2.0) and leading zeros.
 */

interface Version {
  readonly numbers: readonly string[]
  /** Identifiers after the hyphen; none means a release, which comes after its prereleases. */
  readonly prerelease: readonly string[]
}

/** Longer texts are no version; versions come from clients and may be hostile. */
const LONGEST_VERSION = 256

/** Parses `1.24.0`, `1.24.0-beta.2` or `1.24.0+build`; undefined for anything else, also for `v1.24.0`. */
export function parseVersion(text: unknown): Version | undefined {
  if (typeof text !== 'string' || text.length > LONGEST_VERSION) return undefined
  // Build metadata has no precedence.
  const [precedence, build] = splitOnce(text, '+')
  const [core, suffix] = splitOnce(precedence, '-')
  const numbers = core.split('.')
  const prerelease = suffix === undefined ? [] : suffix.split('.')
  if (!numbers.every(isDigits) || !prerelease.every(isIdentifier)) return undefined
  if (build !== undefined && !build.split('.').every(isIdentifier)) return undefined
  return { numbers: numbers.map(withoutLeadingZeros), prerelease }
}

/** Negative when `a` comes before `b`, positive when after, 0 when they have the same precedence. */
export function compareVersions(a: Version, b: Version): number {
  const parts = Math.max(a.numbers.length, b.numbers.length)
  for (let i = 0; i < parts; i++) {
    const order = compareDigits(a.numbers[i] ?? '0', b.numbers[i] ?? '0')
    if (order !== 0) return order
  }
  return comparePrereleases(a.prerelease, b.prerelease)
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareIdentifiers(a[i] as string, b[i] as string)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareIdentifiers(a: string, b: string): number {
  if (isDigits(a) && isDigits(b)) return compareDigits(withoutLeadingZeros(a), withoutLeadingZeros(b))
  if (isDigits(a) !== isDigits(b)) return isDigits(a) ? -1 : 1
  return compareTexts(a, b)
}

/** Compared as text because build counters exceed 2^53. */
function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=.)/, '')
}

function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text)
}

function isIdentifier(text: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(text)
}
