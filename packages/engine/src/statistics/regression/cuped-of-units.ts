import { CrossMoments, type MomentsSummary } from '../moments/cross-moments.ts'
import { productError } from '../special/exact-product.ts'
import { savedShare } from './adjustment.ts'
import { type Cuped, cuped } from './cuped.ts'

/** One unit: [y, x₁ … xₚ]. */
type Row = readonly number[]

/**
 * CUPED where the units are at hand. Sufficient statistics lose the residual variance to rounding once the covariates
 * explain all but 1e-13 of it; here the residuals of a first fit are formed unit by unit, in twice the digits, and
 * fitted again. Otherwise as {@link cuped}.
 *
 * @param control, treatment rows of the same length ≥ 1, finite
 * @returns undefined below two units in a variant and for values that are not finite
 */
export function cupedOfUnits(
  control: readonly Row[],
  treatment: readonly Row[],
  pooling: 'within' | 'overall',
): Cuped | undefined {
  const rough = cuped(summaryOf(control), summaryOf(treatment), pooling)
  const origin = control[0]
  if (!rough || !origin) return undefined
  const theta = rough.coefficients
  const residuals = (rows: readonly Row[]) =>
    rows.map((row) => [residual(row, origin, theta), ...row.slice(1)])
  const fine = cuped(summaryOf(residuals(control)), summaryOf(residuals(treatment)), pooling)
  if (!fine) return undefined
  return {
    ...fine,
    coefficients: theta.map((each, j) => each + (fine.coefficients[j] as number)),
    control: { ...rough.control, variance: fine.control.variance - fine.covariance + rough.covariance },
    treatment: { ...rough.treatment, variance: fine.treatment.variance - fine.covariance + rough.covariance },
    covariance: rough.covariance,
    unadjusted: rough.unadjusted,
    varianceSaved: savedShare(fine.standardError, rough.unadjusted.standardError),
  }
}

function summaryOf(rows: readonly Row[]): MomentsSummary {
  const moments = new CrossMoments(1, rows[0]?.length ?? 1)
  for (const row of rows) moments.add(0, row, 1)
  return moments.summary(0)
}

/** (y − θᵀx) − (y₀ − θᵀx₀), rounded once. */
function residual(row: Row, origin: Row, theta: readonly number[]): number {
  let high = 0
  let low = 0
  const add = (value: number) => {
    const sum = high + value
    const part = sum - high
    low += high - (sum - part) + (value - part)
    high = sum
  }
  const addProduct = (x: number, y: number) => {
    add(x * y)
    add(productError(x, y))
  }
  add(row[0] as number)
  add(-(origin[0] as number))
  for (const [j, each] of theta.entries()) {
    addProduct(-each, row[j + 1] as number)
    addProduct(each, origin[j + 1] as number)
  }
  return high + low
}
