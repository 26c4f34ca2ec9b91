import { chancesBestNormal } from '../../packages/engine/src/statistics/bayesian/best-of-many.ts'
import { flooredShares } from '../../packages/engine/src/statistics/bayesian/floored-shares.ts'
import {
  type NormalDistribution,
  normalPosterior,
} from '../../packages/engine/src/statistics/bayesian/posterior.ts'
import { normalQuantile } from '../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import { compareAnswer } from '../vectors/compare.ts'
import type { BanditCase, Sums } from './golden.ts'
import { meanArm } from './moments.ts'
import { type Outcome, TOLERANCE } from './outcome.ts'

/** Whatever the metric. */
export const BANDIT_PRIOR: NormalDistribution = { mean: 0, standardDeviation: 100 }
export const LEAST_SHARE = 0.01
const ALPHA = 0.05

/** What 10,000 draws may be off: three standard errors of a chance of a half. */
const DRAWN_TOLERANCE = 0.015

/** The arm that is best, and its traffic. */
export function checkBandit({ stats, result }: BanditCase): Outcome {
  const arms = stats.map(armOf)
  const same = {
    users: stats.map(({ n }) => n),
    cr: arms.map(({ mean }) => mean),
    ci: arms.map(({ mean, posterior }) => {
      const margin = -normalQuantile(ALPHA / 2) * posterior.standardDeviation
      return [mean - margin, mean + margin]
    }),
  }
  const { users, cr, ci } = result
  const compared = compareAnswer({ users, cr, ci }, same, { rel: TOLERANCE, abs: 0 })
  const chances = chancesBestNormal(arms.map(({ posterior }) => posterior))
  const drawn = [
    ...offBy('best arm', result.best_arm_probabilities, chances),
    ...offBy('weight', result.bandit_weights ?? [], flooredShares(chances, LEAST_SHARE)),
  ]
  return {
    worstError: compared.worst,
    deviations: ['drawn best arm'],
    problems: [...compared.wrong, ...drawn],
  }
}

function armOf(sums: Sums): { readonly mean: number; readonly posterior: NormalDistribution } {
  const { value: estimate, variance } = meanArm(sums)
  const posterior = normalPosterior({ estimate, standardError: Math.sqrt(variance) }, BANDIT_PRIOR)
  return { mean: estimate, posterior }
}

function offBy(name: string, theirs: readonly number[], ours: readonly number[]): string[] {
  return theirs.flatMap((value, arm) => {
    const exact = ours[arm] ?? Number.NaN
    return Math.abs(value - exact) <= DRAWN_TOLERANCE ? [] : [`${name} ${arm}: ${exact} instead of ${value}`]
  })
}
