import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'
import { matrixFromRows } from '../linear-algebra/matrix.ts'
import { clusterRobust } from '../regression/cluster-robust.ts'
import { diagonalRoots, linearRegression } from '../regression/linear-regression.ts'
import { OBSERVATIONAL, type Observational, type ObservationalProblem } from './observational.ts'

/** A unit's outcome in one period. */
export interface TwoPeriodRow {
  readonly unit: number | string
  /** Whether the unit belongs to the group that is treated in the end. */
  readonly treated: boolean
  /** Whether the period lies after the start of the treatment. */
  readonly post: boolean
  readonly value: number
}

export interface DifferenceInDifferences extends Observational {
  /** Mean of the untreated group before. */
  readonly baseline: TInference
  /** How the groups differed before. */
  readonly groupDifference: TInference
  /** How the untreated group changed. */
  readonly timeChange: TInference
  /** What the treated group changed beyond that: the effect on the treated. */
  readonly effect: TInference
  readonly units: number
}

/**
 * Two groups, before and after: by how much more the treated group changed than the other.
 *
 * An effect only if both groups would have changed alike without the treatment (parallel trends), which two
 * periods cannot show; see `eventStudy` for several. Standard errors allow any dependence within a unit (CR1), tests
 * use Student's t with units − 1 degrees of freedom; below about 30 units they are too optimistic.
 *
 * @param rows units may have several periods on each side
 * @param alpha in (0, 1): intervals hold with confidence 1 − alpha
 * @returns 'no-comparison' when one of the four groups of rows is empty
 *
 * Source: Angrist & Pischke 2009, Mostly Harmless Econometrics, section 5.2; clustering: Bertrand, Duflo &
 * Mullainathan 2004, doi:10.1162/003355304772839588.
 */
export function differenceInDifferences(
  rows: readonly TwoPeriodRow[],
  alpha: number,
): DifferenceInDifferences | ObservationalProblem {
  const x = matrixFromRows(
    rows.map(({ treated, post }) => [1, Number(treated), Number(post), Number(treated && post)]),
  )
  if (new Set(rows.map(({ treated, post }) => `${treated}${post}`)).size < 4) return 'no-comparison'
  if (rows.length <= 4) return 'too-few-rows'
  const regression = linearRegression(
    x,
    rows.map(({ value }) => value),
  )
  if (!regression) return 'invalid-values'
  const robust = clusterRobust(
    regression,
    rows.map(({ unit }) => unit),
    'cr1',
  )
  if (!robust) return 'too-few-clusters'
  const errors = diagonalRoots(robust.covariance)
  const [baseline, groupDifference, timeChange, effect] = regression.coefficients.map((coefficient, i) =>
    tInference(coefficient, errors[i] as number, robust.degreesOfFreedom, alpha),
  ) as [TInference, TInference, TInference, TInference]
  return { ...OBSERVATIONAL, baseline, groupDifference, timeChange, effect, units: robust.clusters }
}
