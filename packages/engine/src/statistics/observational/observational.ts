/**
 * What was not randomised: the number is an effect only if the method's assumptions hold, which the data cannot
 * show. Every result here carries it.
 */
export interface Observational {
  readonly label: 'observational'
}

export const OBSERVATIONAL: Observational = { label: 'observational' }

/** Why data that were not randomised cannot answer. */
export type ObservationalProblem =
  | 'invalid-values'
  | 'too-few-rows'
  | 'too-few-clusters'
  /** Nothing to compare with: a group, a period or a treatment arm is missing. */
  | 'no-comparison'
  /** A covariate is constant, or others determine it. */
  | 'collinear'
  /** Covariates tell treated and untreated apart without error, so that no two are comparable. */
  | 'separation'
