import type { Answer } from '../vectors/vector-method.ts'

export type Sides = 'two-sided' | 'greater' | 'less'

/** What a test says of an effect. */
export interface TestAnswer {
  readonly expected: number
  readonly low: number
  readonly high: number
  /** Of the distribution that is drawn of the effect. */
  readonly mean: number
  readonly standardDeviation: number
  /** Fields of that test only. */
  readonly rest: Readonly<Record<string, Answer>>
}

/** In the shape of gbstats. */
export function asResult({ expected, low, high, mean, standardDeviation, rest }: TestAnswer) {
  return {
    expected,
    ci: [low, high],
    uplift: { dist: 'normal', mean, stddev: standardDeviation },
    errorMessage: null,
    ...rest,
  }
}
