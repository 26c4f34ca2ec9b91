import { type Matrix, matrix } from '../linear-algebra/matrix.ts'

/** What was known of each unit before the experiment. */
export type Covariate =
  /** NaN where it is missing. */
  | { readonly name: string; readonly kind: 'number'; readonly values: ArrayLike<number> }
  /** Missing is a category of its own, under any name. */
  | { readonly name: string; readonly kind: 'category'; readonly values: readonly string[] }

/** How covariates become columns of numbers; learned from some units, applied to any. */
export interface Encoding {
  readonly covariates: readonly CovariateEncoding[]
  readonly columns: number
}

type CovariateEncoding =
  | {
      readonly kind: 'number'
      readonly name: string
      /** Stands for a missing value. */
      readonly mean: number
      /** Whether a second column says that the value is missing. */
      readonly hasMissing: boolean
    }
  | { readonly kind: 'category'; readonly name: string; readonly categories: readonly string[] }

/** Rarer categories, and those never seen, share the row of zeros. */
const MOST_CATEGORIES = 50

/**
 * Learns which categories there are, and what stands for missing numbers.
 *
 * @param units indices of the units to learn from
 */
export function learnEncoding(covariates: readonly Covariate[], units: readonly number[]): Encoding {
  const encodings = covariates.map((covariate): CovariateEncoding => {
    const { name } = covariate
    if (covariate.kind === 'category')
      return { kind: 'category', name, categories: commonest(covariate.values, units) }
    const present = units.map((i) => covariate.values[i] as number).filter(Number.isFinite)
    const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length)
    return { kind: 'number', name, mean, hasMissing: present.length < units.length }
  })
  return { covariates: encodings, columns: encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0) }
}

/** One row for each of the given units: numbers as they are, a 0-or-1 column for each category. */
export function encode(
  { covariates: encodings, columns }: Encoding,
  covariates: readonly Covariate[],
  units: readonly number[],
): Matrix {
  const result = matrix(units.length, columns)
  let first = 0
  for (const [c, encoding] of encodings.entries()) {
    const covariate = covariates[c] as Covariate
    for (const [row, unit] of units.entries()) {
      const place = row * columns + first
      if (encoding.kind === 'category') {
        const category = encoding.categories.indexOf(String(covariate.values[unit]))
        if (category >= 0) result.data[place + category] = 1
      } else {
        const value = Number(covariate.values[unit])
        const isMissing = !Number.isFinite(value)
        result.data[place] = isMissing ? encoding.mean : value
        if (isMissing && encoding.hasMissing) result.data[place + 1] = 1
      }
    }
    first += widthOf(encoding)
  }
  return result
}

function widthOf(encoding: CovariateEncoding): number {
  if (encoding.kind === 'category') return encoding.categories.length
  return encoding.hasMissing ? 2 : 1
}

function commonest(values: readonly string[], units: readonly number[]): string[] {
  const counts = new Map<string, number>()
  for (const unit of units) {
    const value = String(values[unit])
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_CATEGORIES)
    .map(([category]) => category)
    .sort()
}
