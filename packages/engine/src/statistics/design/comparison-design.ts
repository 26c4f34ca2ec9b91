import { dunnettCriticalValue, dunnettLoadings } from '../distributions/dunnett.ts'
import { normalSf } from '../distributions/normal.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { isExactT } from './metric-spread.ts'
import type { CompleteQuestion } from './power-question.ts'
import { alwaysValidPlan, groupSequentialPlan, singleLookPlan, type TestPlan } from './test-plan.ts'

/** One comparison of a treatment with the control, ready to be worked out. */
export interface ComparisonDesign {
  readonly question: CompleteQuestion
  /** For tests by the normal distribution. */
  readonly plan: TestPlan
  /** Whether Student's t is used, exactly, in place of the normal distribution. */
  readonly isExactT: boolean
}

export function comparisonDesign(question: CompleteQuestion): ComparisonDesign {
  return { question, plan: planFor(question), isExactT: isExactT(question) }
}

function planFor(question: CompleteQuestion): TestPlan {
  const { sides, plan } = question
  const alpha = sides * alphaPerComparison(question)
  switch (plan.method) {
    case 'fixed-horizon':
      return singleLookPlan(singleLookCritical(question, Number.POSITIVE_INFINITY))
    case 'always-valid':
      return alwaysValidPlan(alpha, plan.looks)
    case 'group-sequential':
      return groupSequentialPlan({ alpha, sides, spending: plan.spending }, plan.looks)
  }
}

/** Error of one comparison on one side by Bonferroni's inequality; Dunnett's test spends more. */
function alphaPerComparison({ alpha, sides, correction, variants }: CompleteQuestion): number {
  return alpha / sides / (correction === 'none' ? 1 : variants - 1)
}

/** z or t from which a test with a single look rejects. */
export function singleLookCritical(question: CompleteQuestion, degreesOfFreedom: number): number {
  const { alpha, sides, correction, variants, controlRatio } = question
  if (correction !== 'dunnett' || variants === 2)
    return -studentTQuantile(alphaPerComparison(question), degreesOfFreedom)
  const loadings = dunnettLoadings(controlRatio, new Array<number>(variants - 1).fill(1))
  return dunnettCriticalValue(alpha, loadings, degreesOfFreedom, sides === 2 ? 'two-sided' : 'greater')
}

/** Degrees of freedom of the t test: two less than its units, or clusters. */
export function degreesOfFreedom({ controlRatio, clusters }: CompleteQuestion, units: number): number {
  return (units * (1 + controlRatio)) / (clusters?.meanSize ?? 1) - 2
}

/** Error of one comparison on one side, were there only one look. */
export function comparisonError({ plan }: ComparisonDesign): number {
  return normalSf(plan.singleLookCritical)
}
