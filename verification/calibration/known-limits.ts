import type { Question } from './row.ts'

/** A method, a population and a sample for which it does not hold what it holds elsewhere; and by how much. */
export interface KnownLimit {
  /** Each matches a part of the words of a row; absent matches all. */
  readonly measure?: string
  readonly method?: string
  readonly population?: string
  readonly sample?: string
  /** What was found, with some room: beyond it something has changed. */
  readonly low: number
  readonly high: number
  readonly reason: string
}

export const KNOWN_LIMITS: readonly KnownLimit[] = []

export function limitOf(question: Question): KnownLimit | undefined {
  const keys = ['measure', 'method', 'population', 'sample'] as const
  return KNOWN_LIMITS.find((limit) =>
    keys.every((key) => limit[key] === undefined || question[key].includes(limit[key])),
  )
}
