import {
  betaHighestDensityInterval,
  betaInterval,
  normalInterval,
} from '../../../packages/engine/src/statistics/bayesian/arm-intervals.ts'
import {
  chancesBestBeta,
  chancesBestNormal,
} from '../../../packages/engine/src/statistics/bayesian/best-of-many.ts'
import {
  compareBetas,
  compareGammas,
  compareNormals,
} from '../../../packages/engine/src/statistics/bayesian/compare-two.ts'
import type { CredibleInterval } from '../../../packages/engine/src/statistics/bayesian/effect-intervals.ts'
import {
  betaPosterior,
  betaSummary,
  gammaPosterior,
  gammaSummary,
  normalPosterior,
} from '../../../packages/engine/src/statistics/bayesian/posterior.ts'
import { normalProbabilityWithin } from '../../../packages/engine/src/statistics/bayesian/practical-equivalence.ts'
import { topTwoAllocation } from '../../../packages/engine/src/statistics/bayesian/top-two.ts'
import type { VectorMethods } from '../vector-method.ts'

const ALPHA = 0.05
const CERTAINLY_ZERO = { mean: 0, standardDeviation: 0 }

export const bayesian: VectorMethods = {
  'bayes-beta-binomial': {
    title: 'Beta-Binomial: exact P(treatment > control), expected loss, credible and HDI intervals',
    compute: ({ x1, n1, x2, n2, prior_a: a, prior_b: b }) => {
      const control = betaPosterior({ conversions: x1, units: n1 }, { a, b })
      const treatment = betaPosterior({ conversions: x2, units: n2 }, { a, b })
      const compared = compareBetas(control, treatment)
      return {
        posterior_control: [control.a, control.b],
        posterior_treatment: [treatment.a, treatment.b],
        mean_control: betaSummary(control).mean,
        mean_treatment: betaSummary(treatment).mean,
        chance_to_beat_control: compared.chanceToBeatControl,
        log10_chance_control_better: compared.log10ChanceControlBetter,
        expected_loss_choose_treatment: compared.expectedLossChoosingTreatment,
        expected_loss_choose_control: compared.expectedLossChoosingControl,
        ci95_control: ends(betaInterval(control, ALPHA)),
        ci95_treatment: ends(betaInterval(treatment, ALPHA)),
        hdi95_control: ends(betaHighestDensityInterval(control, ALPHA)),
        hdi95_treatment: ends(betaHighestDensityInterval(treatment, ALPHA)),
      }
    },
  },
  'bayes-normal': {
    title:
      'Normal likelihood x Normal prior on the effect: chance to win, risk, credible interval, ROPE mass',
    compute: ({ effect, se, prior_mean: mean, prior_var: variance, proper_prior: isProper, rope }) => {
      const prior = isProper ? { mean, standardDeviation: Math.sqrt(variance) } : undefined
      const posterior = normalPosterior({ estimate: effect, standardError: se }, prior)
      const compared = compareNormals(CERTAINLY_ZERO, posterior)
      const interval = normalInterval(posterior, ALPHA)
      return {
        posterior_mean: posterior.mean,
        posterior_sd: posterior.standardDeviation,
        chance_to_win: compared.chanceToBeatControl,
        log10_chance_to_lose: compared.log10ChanceControlBetter,
        ci95_low: interval.low,
        ci95_high: interval.high,
        risk_treatment: compared.expectedLossChoosingTreatment,
        risk_control: compared.expectedLossChoosingControl,
        p_in_rope: normalProbabilityWithin(posterior, { low: -rope, high: rope }),
      }
    },
  },
  'bayes-gamma-poisson': {
    title: 'Gamma-Poisson (counts per unit exposure): exact P(rate2 > rate1)',
    compute: ({ events1, exposure1, events2, exposure2, prior_shape: shape, prior_rate: rate }) => {
      const control = gammaPosterior({ events: events1, exposure: exposure1 }, { shape, rate })
      const treatment = gammaPosterior({ events: events2, exposure: exposure2 }, { shape, rate })
      const { chanceToBeatControl, chanceControlBetter } = compareGammas(control, treatment)
      return {
        chance_to_beat_control: chanceToBeatControl,
        chance_control_better: chanceControlBetter,
        mean1: gammaSummary(control).mean,
        mean2: gammaSummary(treatment).mean,
      }
    },
  },
  'bayes-p-best': {
    title: 'probability that each arm is best (Beta and Normal posteriors); top-two Thompson allocation',
    compute: ({ arms, arms_mean_sd: means }) => {
      const chances = arms
        ? chancesBestBeta(arms.map(([a, b]: [number, number]) => ({ a, b })))
        : chancesBestNormal(
            means.map(([mean, standardDeviation]: [number, number]) => ({ mean, standardDeviation })),
          )
      return { p_best: chances, top_two_allocation_beta_half: topTwoAllocation(chances) }
    },
  },
}

function ends({ low, high }: CredibleInterval): readonly number[] {
  return [low, high]
}
