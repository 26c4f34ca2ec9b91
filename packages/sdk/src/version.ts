/**
 * Versions by the precedence of Semantic Versioning 2.0.0, section 11, with two liberties that app versions
 * take: any number of numeric parts (missing ones are 0, so 1.2 equals 1.2.0) and leading zeros.
 */

/** A number, counted exactly however long it is, or a text. */
type Part = bigint | string

interface Version {
  readonly numbers: readonly Part[]
  /** Identifiers after the hyphen. */
  readonly prerelease: readonly Part[]
}

/** Longer texts are no version; versions come from clients and may be hostile. */
const LONGEST_VERSION = 256
/** Numbers, then perhaps a prerelease, then perhaps a build. It takes linear time: no text matches in two ways. */
const VERSION =
  /^(\d+(?:\.\d+)*)(?:-([a-z\d-]+(?:\.[a-z\d-]+)*))?(?:\+[a-z\d-]+(?:\.[a-z\d-]+)*)?$/i /** Stands for the identifiers of a release, which comes after its prereleases: none of theirs sorts after it. */
const RELEASE = '~'

/** Parses `1.24.0`, `1.24.0-beta.2` or `1.24.0+build`; undefined for anything else, also for `v1.24.0`. */
export function parseVersion(text: unknown): Version | undefined {
  if (typeof text !== 'string' || text.length > LONGEST_VERSION) return undefined
  // Build metadata has no precedence.
  const [whole, numbers = '', prerelease = RELEASE] = VERSION.exec(text) ?? []
  return whole === undefined ? undefined : { numbers: partsOf(numbers), prerelease: partsOf(prerelease) }
}

function partsOf(text: string): Part[] {
  return text.split('.').map((part) => (/\D/.test(part) ? part : BigInt(part)))
}

/** Negative when `a` comes before `b`, positive when after, 0 when they have the same precedence. */
export function compareVersions(a: Version, b: Version): number {
  return compareLists(a.numbers, b.numbers, 0n) || compareLists(a.prerelease, b.prerelease, -1n)
}

/** @param missing stands where one list is shorter than the other */
function compareLists(a: readonly Part[], b: readonly Part[], missing: Part): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareParts(a[i] ?? missing, b[i] ?? missing)
    if (order !== 0) return order
  }
  return 0
}

/** Numbers come before texts. */
function compareParts(a: Part, b: Part): number {
  if (typeof a !== typeof b) return typeof a === 'bigint' ? -1 : 1
  return a < b ? -1 : Number(a > b)
}
