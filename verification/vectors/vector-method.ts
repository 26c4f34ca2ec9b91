/**
 * How the cases of one file of reference values are computed here.
 *
 * The answer has the shape of the case's `out`: every field that stands there must be answered, with the same
 * nesting. A field that only records what another implementation says (`statsmodels`, `scipy_cdf`) is named
 * in `notOurs`, with the reason beside it.
 */
export interface VectorMethod {
  /** The `method` of the file, for files under another name. */
  readonly title: string
  // biome-ignore lint/suspicious/noExplicitAny: inputs differ from file to file
  compute(given: any): Answer
  /** Fields of `out` that are another implementation's value, and why it is not ours. */
  readonly notOurs?: Readonly<Record<string, string>>
  /**
   * Differences up to this count as none, beside the file's own tolerance: where the reference was computed
   * with so many digits that it holds 0 for what is 1e-69.
   */
  readonly floor?: number
}

/** What a method answers: the nesting of numbers, words and yes-or-no of the case it was given. */
export type Answer =
  | number
  | string
  | boolean
  | null
  | undefined
  | readonly Answer[]
  | { readonly [field: string]: Answer }

/** By the name of the file without `.json`. */
export type VectorMethods = Readonly<Record<string, VectorMethod>>
