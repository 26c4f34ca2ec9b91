/** Where the two differ by choice: the comparison follows theirs, with our functions; the engine does as it says here. */
export interface Convention {
  readonly what: string
  readonly theirs: string
  readonly ours: string
}

export const CONVENTIONS: readonly Convention[] = [
  {
    what: 'Variance of a proportion',
    theirs: 'p (1 − p), with Student’s t and Welch’s degrees of freedom',
    ours: 'p (1 − p), with the normal distribution; Agresti and Caffo’s below ten conversions or failures, and exact tests',
  },
  {
    what: 'Ratio of totals',
    theirs: 'Delta method, with Student’s t',
    ours: 'Delta method, with the normal distribution: the variance is known to first order only',
  },
  {
    what: 'Relative effect',
    theirs: 'Delta method always; of an adjusted effect, divided by the control’s mean as it stands',
    ours: 'Delta method where the control is five standard errors from 0, otherwise Fieller’s set; divided by the adjusted mean',
  },
  {
    what: 'Adjustment for the time before (CUPED)',
    theirs: 'θ from all units as if there were no variants, taken as known',
    ours: 'θ from within the variants, and its estimation counted (analysis of covariance); several covariates',
  },
  {
    what: 'Adjustment of a ratio',
    theirs: 'θ from the two variants with equal weight, however many units each has',
    ours: 'θ with every unit counting the same; numerator and denominator as two covariates',
  },
  {
    what: 'Quantile',
    theirs: 'Normal, from the width of the variants’ intervals times √((n − 1) / n)',
    ours: 'The variants’ intervals combined (MOVER), which keeps their skew',
  },
  {
    what: 'Confidence sequence',
    theirs: 'ρ in closed form, tuned to 5,000 units',
    ours: 'Tuned to the planned sample; the exact ρ, and a sequence with a second component aimed at the plan',
  },
  {
    what: 'Power under way',
    theirs: 'Power to the power 1 / metrics, as if metrics were independent',
    ours: 'The same function, of one comparison; how many there are is the caller’s business',
  },
]
