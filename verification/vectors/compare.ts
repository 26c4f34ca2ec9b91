import type { Tolerance } from './vector-file.ts'
import type { Answer } from './vector-method.ts'

/** How far an answer is from what is expected. */
export interface Difference {
  /** Largest relative error over all numbers; those within the absolute tolerance count as none. */
  readonly worst: number
  /** Numbers compared. */
  readonly compared: number
  /** Where it is wrong, in words; empty when it is right. */
  readonly wrong: readonly string[]
}

/** Below this doubles lose digits, and only absolute agreement to one of their steps can be asked for. */
const SMALLEST_NORMAL = 2.3e-308

/** @param notOurs fields that are another implementation's value */
export function compareAnswer(
  expected: unknown,
  actual: Answer,
  tolerance: Tolerance,
  notOurs: readonly string[] = [],
): Difference {
  let worst = 0
  let compared = 0
  const wrong: string[] = []
  const visit = (place: string, want: unknown, have: Answer): void => {
    if (notOurs.includes(place)) return
    if (isNumeric(want)) {
      compared++
      const error = errorOf(Number(want), have, tolerance)
      worst = Math.max(worst, error)
      if (!(error <= tolerance.rel)) wrong.push(`${place}: ${String(have)} instead of ${String(want)}`)
    } else if (typeof want === 'object' && want !== null) {
      visitInside(place, want as Record<string, unknown>, have)
    } else if (want !== have) {
      wrong.push(`${place}: ${JSON.stringify(have)} instead of ${JSON.stringify(want)}`)
    }
  }
  const visitInside = (place: string, want: Record<string, unknown>, have: Answer): void => {
    const inside = typeof have === 'object' && have !== null ? (have as Record<string, Answer>) : undefined
    if (!inside) return void wrong.push(`${place || 'answer'}: nothing`)
    if (Array.isArray(want) && (have as readonly Answer[]).length !== want.length)
      wrong.push(`${place}: ${(have as readonly Answer[]).length} values instead of ${want.length}`)
    for (const [field, value] of Object.entries(want))
      visit(place === '' ? field : `${place}.${field}`, value, inside[field])
  }
  visit('', expected, actual)
  return { worst, compared, wrong }
}

/** Reference files write numbers that JSON has not as text. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || value === 'Infinity' || value === '-Infinity' || value === 'NaN'
}

function errorOf(want: number, have: Answer, { abs }: Tolerance): number {
  if (typeof have !== 'number') return Number.POSITIVE_INFINITY
  if (Object.is(want, have) || want === have) return 0
  if (!Number.isFinite(want) || !Number.isFinite(have)) return Number.POSITIVE_INFINITY
  const distance = Math.max(0, Math.abs(want - have) - abs)
  if (Math.abs(want) < SMALLEST_NORMAL && distance <= Number.MIN_VALUE) return 0
  return distance / Math.abs(want)
}
