/** What a share may be, and why: the words stand under the table. */
export interface Band {
  readonly name: string
  readonly low: number
  readonly high: number
  /** Why this and not more or less. */
  readonly why: string
}

/** Error rate of all tests, and one minus the confidence of all intervals. */
export const ALPHA = 0.05

const DISCRETE =
  'The method promises this for every sample and every truth. Outcomes that are counted, looks that are few, or a promise for the worst case leave the share on the safe side; how far is a matter of power, not of error.'

/** Shares of experiments without a difference in which one was found. */
export const FALSE_POSITIVES = {
  exact: {
    name: 'exactly 5 %',
    low: ALPHA,
    high: ALPHA,
    why: 'The theory of the test is exact for this population, so nothing but the error of the simulation is allowed.',
  },
  approximate: {
    name: '4 to 6 %',
    low: 0.04,
    high: 0.06,
    why: 'The test rests on an approximation (of means by the normal distribution, of statistics by chi-square). Cochran (1954, doi:10.2307/3001616) calls the error of an approximation unimportant while a test at 5 % errs in 4 to 6 % of the cases; the same bounds are used here.',
  },
  atMost: { name: 'at most 5 %', low: 0, high: ALPHA, why: DISCRETE },
  alwaysValid: {
    name: '1.5 to 5 %',
    low: 0.015,
    high: ALPHA,
    why: 'A result that may be looked at every day must not err in more than 5 % of the experiments over all looks together. Finitely many looks spend less than that; below 1.5 % so much would be left unspent that real effects would be found needlessly late.',
  },
  groupSequential: {
    name: '4 to 6 % at planned looks',
    low: 0.04,
    high: 0.06,
    why: 'Alpha spending uses up the 5 % exactly over the planned looks where estimates are normal; that they are is an approximation, for which the bounds of Cochran (1954) apply.',
  },
} as const satisfies Record<string, Band>

/** Shares of intervals, or of sequences of intervals, that hold the truth. */
export const COVERAGE = {
  exact: {
    name: 'exactly 95 %',
    low: 1 - ALPHA,
    high: 1 - ALPHA,
    why: 'The theory of the interval is exact for this population, so nothing but the error of the simulation is allowed.',
  },
  approximate: {
    name: '94 to 96 %',
    low: 0.94,
    high: 0.96,
    why: "The interval rests on an approximation. It is the counterpart of a test that errs in 4 to 6 % of the cases: Cochran's bounds (1954, doi:10.2307/3001616).",
  },
  atLeast: { name: 'at least 95 %', low: 1 - ALPHA, high: 1, why: DISCRETE },
  mean: {
    name: '94 to 97 % on average',
    low: 0.94,
    high: 0.97,
    why: 'No interval of a proportion holds in 95 % of the cases at every rate, as counts are whole numbers. What can be asked for is the average over rates (Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550); a discrete interval that keeps it at every rate lies above, so more room is left on this side.',
  },
} as const satisfies Record<string, Band>

/** Bands of numbers that are shown, but judged by nothing. */
function notJudged(name: string, why: string): Band {
  return { name, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, why }
}

export function isJudged({ low, high }: Band): boolean {
  return low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY
}

export const FOR_CONTRAST = notJudged(
  'for contrast',
  'Not the right method for this situation: shown so that one sees what the others are for.',
)

export const NOT_PROMISED = notJudged(
  'not promised',
  'A property of the method about which it promises nothing.',
)
