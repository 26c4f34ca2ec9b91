import { normalSf } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { efficacyBoundaries } from '../sequential/group-sequential/boundaries.ts'
import { exitProbabilities, type StoppingRule } from '../sequential/group-sequential/exit-probabilities.ts'
import { expectedInformation } from '../sequential/group-sequential/power.ts'
import { plannedRadius } from '../sequential/planned-sequence.ts'
import { findRoot } from '../special/find-root.ts'

export type SpendingName = 'obrien-fleming' | 'pocock'

/** How a comparison is tested: from which z on, at each of its looks. */
export interface TestPlan {
  readonly rule: StoppingRule
  /** z that a test with a single look at the planned sample would ask for. */
  readonly singleLookCritical: number
}

export function singleLookPlan(critical: number): TestPlan {
  return { rule: { information: [1], upper: [critical] }, singleLookCritical: critical }
}

/**
 * The product's always-valid test (see `sequential/planned-sequence.ts`), looked at evenly up to the planned sample.
 *
 * @param alpha in (0, 1), two-sided, of one comparison
 * @param looks a whole number ≥ 1
 */
export function alwaysValidPlan(alpha: number, looks: number): TestPlan {
  const information = evenLooks(looks)
  return symmetricPlan(
    information,
    information.map((time) => plannedRadius(time, alpha)),
    -normalQuantile(alpha / 2),
  )
}

/** Alpha spending at looks evenly up to the planned sample. */
export function groupSequentialPlan(
  test: { readonly alpha: number; readonly sides: 1 | 2; readonly spending: SpendingName },
  looks: number,
): TestPlan {
  const information = evenLooks(looks)
  const { alpha, sides } = test
  const upper = efficacyBoundaries({ information, alpha, sides, spending: { kind: test.spending } })
  const critical = -normalQuantile(alpha / sides)
  return sides === 2
    ? symmetricPlan(information, upper, critical)
    : { rule: { information, upper }, singleLookCritical: critical }
}

function symmetricPlan(
  information: readonly number[],
  upper: readonly number[],
  singleLookCritical: number,
): TestPlan {
  return { rule: { information, upper, lower: upper.map((bound) => -bound) }, singleLookCritical }
}

function evenLooks(looks: number): number[] {
  return Array.from({ length: looks }, (_, look) => (look + 1) / looks)
}

/**
 * Chance that the test rejects above at one of its looks: that it finds an effect in its direction.
 *
 * @param drift expectation of z at the planned sample
 * @param boundaryScale what the boundary of a single look is multiplied by: the standard error that the test uses over
 *   the true one
 *
 * Source: Jennison & Turnbull 2000, Group Sequential Methods with Applications to Clinical Trials, section 19.2.
 */
export function planPower({ rule, singleLookCritical }: TestPlan, drift: number, boundaryScale = 1): number {
  if (rule.information.length === 1)
    return normalSf((rule.upper[0] ?? singleLookCritical) * boundaryScale - drift)
  return exitProbabilities(rule, drift).upper.reduce((total, exit) => total + exit, 0)
}

/** Drift that the test finds with a power above its error on one side; see {@link planPower}. */
export function planDrift(plan: TestPlan, power: number, boundaryScale = 1): number {
  const last = plan.rule.upper.at(-1) ?? Number.NaN
  if (plan.rule.information.length === 1) return last * boundaryScale + normalQuantile(power)
  const known = knownDrifts.get(plan) ?? new Map<number, number>()
  knownDrifts.set(plan, known)
  const drift = known.get(power) ?? driftByRecursion(plan, last, power)
  known.set(power, drift)
  return drift
}

/** To work one out takes long, and tables and curves ask for the same ones again. */
const knownDrifts = new WeakMap<TestPlan, Map<number, number>>()

function driftByRecursion(plan: TestPlan, last: number, power: number): number {
  const needed = normalQuantile(power)
  // No test with this error finds more than one with a single look; looks before the last one can hardly harm.
  const low = Math.max(0, plan.singleLookCritical + needed - MARGIN)
  const high = Math.max(last, plan.singleLookCritical) + needed + MARGIN
  return findRoot((drift) => planPower(plan, drift) - power, low, high, DRIFT_TOLERANCE)
}

const MARGIN = 0.01
const DRIFT_TOLERANCE = 1e-11

/** Share of the planned sample that the test uses on average until it stops. */
export function expectedShare({ rule }: TestPlan, drift: number): number {
  return rule.information.length === 1 ? 1 : expectedInformation(rule, drift)
}
