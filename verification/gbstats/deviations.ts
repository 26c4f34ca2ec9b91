/**
 * Where an answer is not that of gbstats, and why. `other method`: both are right, ours is exact where theirs is
 * approximate. `they err`: their number is wrong, or they give none.
 */
export interface Deviation {
  readonly kind: 'other method' | 'they err'
  /** Field of their result. */
  readonly field: string
  readonly reason: string
}

export const DEVIATIONS = {
  'rounded p-value': {
    kind: 'they err',
    field: 'pValue',
    reason:
      'A tail taken as 1 − cdf has only the digits that 1 leaves it: none below 1e-16, where the p-value is exactly 0. Ours comes from the tail itself, with its logarithm.',
  },
  'rounded risk': {
    kind: 'they err',
    field: 'risk',
    reason:
      'The risk of keeping the control is (1 − cdf) times a conditional mean, and so exactly 0 as soon as the chance to win falls below 1e-16. Ours is the loss integral itself.',
  },
  'clipped p-value': {
    kind: 'they err',
    field: 'pValue',
    reason:
      'The one-sided always-valid p-value is looked for between 1e-5 and 0.4999 only: whatever lies outside is reported as one of these. Ours is the closed form of the same sequence.',
  },
  'bisected p-value': {
    kind: 'they err',
    field: 'pValue',
    reason:
      'The bisection for the one-sided always-valid p-value stops when the confidence limit is within 1e-6 of 0, in units of the metric: few digits, and for metrics on a small scale none. Ours is the closed form.',
  },
  'missing p-value': {
    kind: 'they err',
    field: 'pValue',
    reason: 'The bisection for the one-sided always-valid p-value did not end. Ours is the closed form.',
  },
  'no answer': {
    kind: 'they err',
    field: 'errorMessage',
    reason:
      'A variant whose variance is 0 (no conversions, or nothing but) and a control whose mean is 0 get no answer. Ours comes from exact methods and score intervals.',
  },
  'bisected sample size': {
    kind: 'other method',
    field: 'scaling_factor',
    reason:
      'The bisection for the sample stops when its power is within 1e-5 of the one sought. Ours is solved to the last digits; the power of their sample is compared.',
  },
  'drawn best arm': {
    kind: 'other method',
    field: 'best_arm_probabilities',
    reason:
      'The chance that an arm is best is counted in 10,000 draws, and moves by a per cent from seed to seed; the traffic with it. Ours is an integral, good to 1e-12 and the same every time.',
  },
} as const satisfies Readonly<Record<string, Deviation>>

export type DeviationName = keyof typeof DEVIATIONS
