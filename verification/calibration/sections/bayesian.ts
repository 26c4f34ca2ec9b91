import { DEFAULT_POSTERIORS } from '../../../packages/engine/src/defaults.ts'
import type { PosteriorModel } from '../../../packages/engine/src/posterior.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import {
  betaHighestDensityInterval,
  betaInterval,
  gammaHighestDensityInterval,
  gammaInterval,
  normalInterval,
} from '../../../packages/engine/src/statistics/bayesian/arm-intervals.ts'
import { bestBeta } from '../../../packages/engine/src/statistics/bayesian/best-of-many.ts'
import {
  type ChanceAndLoss,
  compareBetas,
  compareGammas,
  compareNormals,
} from '../../../packages/engine/src/statistics/bayesian/compare-two.ts'
import {
  betaEffect,
  gammaEffect,
  normalEffect,
} from '../../../packages/engine/src/statistics/bayesian/effect-distribution.ts'
import {
  effectHighestDensityInterval,
  effectInterval,
} from '../../../packages/engine/src/statistics/bayesian/effect-intervals.ts'
import {
  betaPosterior,
  gammaPosterior,
  normalPosterior,
} from '../../../packages/engine/src/statistics/bayesian/posterior.ts'
import {
  betaVariate,
  gammaVariate,
  normalVariate,
  poissonVariate,
} from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, COVERAGE } from '../band.ts'
import { type Arm, binaryArm, normalArm } from '../populations/arm.ts'
import { binomialVariate } from '../populations/binomial-variate.ts'
import type { Question } from '../row.ts'
import { type See, type Study, simulation } from '../study.ts'
import { holds } from './estimators-one-look.ts'

function question(measure: string, method: string, population: string, sample: string, band: Band): Question {
  return { section: 'bayesian', measure, method, population, sample, band }
}

const INTERVALS = 'Credible intervals that hold the truth'
const CHANCES = 'Chances to be better: how often it was true'

const BETA_PRIOR = { a: 2, b: 38 }
const BETA_UNITS = 200
const GAMMA_PRIOR = { shape: 2, rate: 0.5 }
const GAMMA_EXPOSURE = 5
const NORMAL_PRIOR = { mean: 1, standardDeviation: 0.5 }
const NORMAL_ERROR = 0.4

/** A truth from the prior, and what is known of it after an experiment. */
const draws = {
  beta: (random: Random) => {
    const truth = betaVariate(random, BETA_PRIOR.a, BETA_PRIOR.b)
    const conversions = binomialVariate(random, BETA_UNITS, truth)
    return { truth, posterior: betaPosterior({ conversions, units: BETA_UNITS }, BETA_PRIOR) }
  },
  gamma: (random: Random) => {
    const truth = gammaVariate(random, GAMMA_PRIOR.shape) / GAMMA_PRIOR.rate
    const events = poissonVariate(random, truth * GAMMA_EXPOSURE)
    return { truth, posterior: gammaPosterior({ events, exposure: GAMMA_EXPOSURE }, GAMMA_PRIOR) }
  },
  normal: (random: Random) => {
    const truth = NORMAL_PRIOR.mean + NORMAL_PRIOR.standardDeviation * normalVariate(random)
    const estimate = truth + NORMAL_ERROR * normalVariate(random)
    return { truth, posterior: normalPosterior({ estimate, standardError: NORMAL_ERROR }, NORMAL_PRIOR) }
  },
}

const NAMES = {
  beta: `rates from Beta(${BETA_PRIOR.a}, ${BETA_PRIOR.b})`,
  gamma: `rates of events from Gamma(${GAMMA_PRIOR.shape}, ${GAMMA_PRIOR.rate})`,
  normal: `means from N(${NORMAL_PRIOR.mean}, ${NORMAL_PRIOR.standardDeviation}²)`,
}
const SAMPLES = {
  beta: `${BETA_UNITS}`,
  gamma: `exposure ${GAMMA_EXPOSURE}`,
  normal: `standard error ${NORMAL_ERROR}`,
}

const interval = (key: keyof typeof draws, method: string) =>
  question(INTERVALS, method, NAMES[key], SAMPLES[key], COVERAGE.exact)

const arms = simulation({
  name: 'bayesian/arms',
  experiments: 10_000,
  questions: [
    interval('beta', 'one variant, equal tails'),
    interval('beta', 'one variant, highest density'),
    interval('gamma', 'one variant, equal tails'),
    interval('gamma', 'one variant, highest density'),
    interval('normal', 'one variant'),
  ],
  experiment: (random, see) => {
    const beta = draws.beta(random)
    see(0, holds(betaInterval(beta.posterior, ALPHA), beta.truth))
    see(1, holds(betaHighestDensityInterval(beta.posterior, ALPHA), beta.truth))
    const gamma = draws.gamma(random)
    see(2, holds(gammaInterval(gamma.posterior, ALPHA), gamma.truth))
    see(3, holds(gammaHighestDensityInterval(gamma.posterior, ALPHA), gamma.truth))
    const normal = draws.normal(random)
    see(4, holds(normalInterval(normal.posterior, ALPHA), normal.truth))
  },
})

const SCALES = ['difference', 'lift'] as const

/** The effects of two variants, each with its truth. */
const effectsOf = {
  beta: (random: Random) => {
    const [control, treatment] = [draws.beta(random), draws.beta(random)]
    const of = (scale: (typeof SCALES)[number]) => betaEffect(control.posterior, treatment.posterior, scale)
    return { control: control.truth, treatment: treatment.truth, of }
  },
  gamma: (random: Random) => {
    const [control, treatment] = [draws.gamma(random), draws.gamma(random)]
    const of = (scale: (typeof SCALES)[number]) => gammaEffect(control.posterior, treatment.posterior, scale)
    return { control: control.truth, treatment: treatment.truth, of }
  },
  normal: (random: Random) => {
    const [control, treatment] = [draws.normal(random), draws.normal(random)]
    const of = (scale: (typeof SCALES)[number]) => normalEffect(control.posterior, treatment.posterior, scale)
    return { control: control.truth, treatment: treatment.truth, of }
  },
}

const KINDS = ['beta', 'gamma', 'normal'] as const

/** The shortest interval takes long to find. */
const SHAPES = [
  { shape: 'equal tails', intervalOf: effectInterval, experiments: 1000 },
  { shape: 'highest density', intervalOf: effectHighestDensityInterval, experiments: 400 },
]

const effects = KINDS.flatMap((key) =>
  SHAPES.map(({ shape, intervalOf, experiments }) =>
    simulation({
      name: `bayesian/effects/${key}/${shape}`,
      experiments,
      questions: SCALES.map((scale) => interval(key, `two variants, ${scale}, ${shape}`)),
      experiment: (random, see) => {
        const { control, treatment, of } = effectsOf[key](random)
        for (const [i, scale] of SCALES.entries()) {
          const effect = of(scale)
          const truth = scale === 'lift' ? (treatment - control) / control : treatment - control
          see(i, effect && holds(intervalOf(effect, ALPHA), truth))
        }
      },
    }),
  ),
)

const STATED = [
  [0.5, 0.7],
  [0.7, 0.9],
  [0.9, 0.99],
] as const

function statedBand([low, high]: readonly [number, number]): Band {
  return {
    name: `${100 * low} to ${100 * high} %`,
    low,
    high,
    why: 'Of the experiments in which a chance was stated between these bounds, as many must have come true.',
  }
}

function chanceQuestions(method: string, population: string, sample: string): Question[] {
  return STATED.map((range) =>
    question(
      CHANCES,
      `${method}, stated ${100 * range[0]} to ${100 * range[1]} %`,
      population,
      sample,
      statedBand(range),
    ),
  )
}

/** Counts the statement with those that stated about the same. */
function seeStated(see: See, chance: number, cameTrue: boolean): void {
  const place = STATED.findIndex(([low, high]) => chance >= low && chance < high)
  if (place >= 0) see(place, cameTrue)
}

function compare(key: (typeof KINDS)[number], random: Random): { chances: ChanceAndLoss; isBetter: boolean } {
  if (key === 'beta') {
    const [control, treatment] = [draws.beta(random), draws.beta(random)]
    const chances = compareBetas(control.posterior, treatment.posterior)
    return { chances, isBetter: treatment.truth > control.truth }
  }
  if (key === 'gamma') {
    const [control, treatment] = [draws.gamma(random), draws.gamma(random)]
    const chances = compareGammas(control.posterior, treatment.posterior)
    return { chances, isBetter: treatment.truth > control.truth }
  }
  const [control, treatment] = [draws.normal(random), draws.normal(random)]
  const chances = compareNormals(control.posterior, treatment.posterior)
  return { chances, isBetter: treatment.truth > control.truth }
}

const chances = KINDS.map((key) =>
  simulation({
    name: `bayesian/chances/${key}`,
    experiments: 10_000,
    questions: chanceQuestions('chance to beat the control', NAMES[key], SAMPLES[key]),
    experiment: (random, see) => {
      const { chances, isBetter } = compare(key, random)
      const { chanceToBeatControl, chanceControlBetter } = chances
      if (chanceToBeatControl >= chanceControlBetter) seeStated(see, chanceToBeatControl, isBetter)
      else seeStated(see, chanceControlBetter, !isBetter)
    },
  }),
)

const VARIANTS = 4

/** The favourite of several: how often was it the best? */
const best = simulation({
  name: 'bayesian/best of several',
  experiments: 4000,
  questions: chanceQuestions(`favourite of ${VARIANTS} is best`, NAMES.beta, SAMPLES.beta),
  experiment: (random, see) => {
    const variants = Array.from({ length: VARIANTS }, () => draws.beta(random))
    const stated = bestBeta(variants.map(({ posterior }) => posterior)).chances
    const favourite = stated.indexOf(Math.max(...stated))
    const truths = variants.map(({ truth }) => truth)
    seeStated(see, stated[favourite] as number, truths.indexOf(Math.max(...truths)) === favourite)
  },
})

const PRIOR_DEVIATION = 0.05
const PARTS = ['value of a variant', 'difference', 'relative effect'] as const

/** The models that an analysis uses, with truths from their own priors. */
interface ModelSituation {
  readonly model: string
  readonly population: string
  readonly units: number
  readonly band: Band
  arm(random: Random): { readonly truth: number; readonly arm: Arm }
}

const MODELS: readonly ModelSituation[] = [
  {
    model: 'beta-binomial',
    population: 'rates from Beta(1, 1)',
    units: 100,
    band: COVERAGE.exact,
    arm: (random) => {
      const truth = random.nextOpen()
      return { truth, arm: binaryArm(truth) }
    },
  },
  {
    model: 'normal',
    population: `means around 10, relative effects of deviation ${PRIOR_DEVIATION}`,
    units: 100,
    band: COVERAGE.approximate,
    arm: (random) => {
      const truth = 10 * (1 + PRIOR_DEVIATION * Math.SQRT1_2 * normalVariate(random))
      return { truth, arm: normalArm(truth, 3) }
    },
  },
]

const models = MODELS.flatMap(({ model: name, population, units, band, arm }) => {
  const model = DEFAULT_POSTERIORS.find((each) => each.name === name)
  if (!model) return []
  return [
    simulation({
      name: `bayesian/models/${name}`,
      experiments: 2000,
      questions: PARTS.map((part) => question(INTERVALS, `${name}, ${part}`, population, `${units}`, band)),
      experiment: (random, see) => {
        const [control, treatment] = [arm(random), arm(random)]
        const found = describe(model, control.arm, treatment.arm, units, random)
        see(0, found && holds(found.value, treatment.truth))
        const difference = treatment.truth - control.truth
        see(1, found?.comparison && holds(found.comparison.absolute, difference))
        const { relative } = found?.comparison ?? {}
        see(2, relative ? holds(relative, difference / control.truth) : undefined)
      },
    }),
  ]
})

function describe(model: PosteriorModel, control: Arm, treatment: Arm, units: number, random: Random) {
  control.add(units, random)
  treatment.add(units, random)
  return model.describe([control.summary(), treatment.summary()], 0, {
    alpha: ALPHA,
    direction: 'increase',
    priorDeviation: PRIOR_DEVIATION,
    practicalEquivalence: 0.01,
  })?.variants[1]
}

export const bayesian: readonly Study[] = [arms, ...effects, ...chances, best, ...models]
