/** A share of simulated experiments, and what it should be. */
export interface Rate {
  readonly method: string
  readonly population: string
  /** Units per variant, or the plan of looks, in words. */
  readonly sample: string
  readonly experiments: number
  /** Experiments in which it happened. */
  readonly happened: number
  /** What the share may be; simulation error comes on top. */
  readonly allowed: Range
}

export interface Range {
  readonly low: number
  readonly high: number
}

/** How many standard errors a share may lie outside what is allowed before it counts as wrong. */
export const STANDARD_ERRORS = 4

export function shareOf({ happened, experiments }: Rate): number {
  return happened / experiments
}

/** Standard error of the share, at least that of one experiment more. */
export function standardErrorOf({ happened, experiments }: Rate): number {
  const share = (happened + 1) / (experiments + 2)
  return Math.sqrt((share * (1 - share)) / experiments)
}

/** Whether the share is what it may be, but for the error of the simulation. */
export function isAllowed(rate: Rate): boolean {
  const slack = STANDARD_ERRORS * standardErrorOf(rate)
  const share = shareOf(rate)
  return share >= rate.allowed.low - slack && share <= rate.allowed.high + slack
}
