import type { DeviationName } from './deviations.ts'

/** What came of one case. */
export interface Outcome {
  /** Largest relative error of the fields that are computed by the same method. */
  readonly worstError: number
  readonly deviations: readonly DeviationName[]
  /** What is wrong without an excuse. */
  readonly problems: readonly string[]
}

/** To so many digits an answer of the same method must agree. */
export const TOLERANCE = 1e-9

export function wrong(problem: string): Outcome {
  return { worstError: Number.NaN, deviations: [], problems: [problem] }
}

export function isNear(value: number, expected: number, absolute = 0): boolean {
  return value === expected || Math.abs(value - expected) <= TOLERANCE * Math.abs(expected) + absolute
}
