import type { Random } from '../../../packages/engine/src/random.ts'
import { normalCdf } from '../../../packages/engine/src/statistics/distributions/normal.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import {
  newcombeSuperiorityInterval,
  probabilityOfSuperiority,
} from '../../../packages/engine/src/statistics/effect-sizes/probability-of-superiority.ts'
import { standardisedMeanDifference } from '../../../packages/engine/src/statistics/effect-sizes/standardised-mean-difference.ts'
import { summariseSample } from '../../../packages/engine/src/statistics/hypothesis-tests/sample-summary.ts'
import { clusteredQuantile } from '../../../packages/engine/src/statistics/metrics/clustered-quantile.ts'
import { quantileEffect } from '../../../packages/engine/src/statistics/metrics/quantile-effect.ts'
import {
  quantileEstimate,
  sampleQuantile,
  sorted,
} from '../../../packages/engine/src/statistics/metrics/sample-quantile.ts'
import { bootstrap, type Statistic } from '../../../packages/engine/src/statistics/resampling/bootstrap.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, COVERAGE, FOR_CONTRAST } from '../band.ts'
import { LOG_NORMAL_MEAN, logNormalVariate } from '../populations/population.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'
import { holds, sampleOf } from './estimators-one-look.ts'

const { exact, approximate, atLeast } = COVERAGE

function question(method: string, population: string, sample: string, band: Band, measure: string): Question {
  return { section: 'coverage', measure, method, population, sample, band }
}

const SIZES = 'Effect sizes'
const QUANTILES = 'Quantiles'
const BOOTSTRAP = 'Bootstrap, 999 drawn'

function values(units: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: units }, draw)
}

const SHIFT = 0.5

const standardised = [10, 100].map((units) =>
  simulation({
    name: `standardised difference/${units}`,
    experiments: 5000,
    questions: [question("Cohen's d", `normal, d = ${SHIFT}`, sampleOf(units), exact, SIZES)],
    experiment: (random, see) => {
      const control = summariseSample(values(units, () => normalVariate(random)))
      const treatment = summariseSample(values(units, () => SHIFT + normalVariate(random)))
      see(0, holds(standardisedMeanDifference(control, treatment, ALPHA), SHIFT))
    },
  }),
)

interface SuperioritySituation {
  readonly name: string
  readonly truth: number
  readonly units: number
  control(random: Random): number
  treatment(random: Random): number
}

const shifted = (units: number, shift: number, spread = 1): SuperioritySituation => ({
  name: spread === 1 ? `normal, d = ${shift}` : `normal, d = ${shift}, deviations 1 : ${spread}`,
  truth: normalCdf(shift / Math.hypot(1, spread)),
  units,
  control: normalVariate,
  treatment: (random) => shift + spread * normalVariate(random),
})

/** Five ratings: chances 1/5 each against 5 : 4 : 3 : 2 : 1 from the top. */
const ratings = (units: number): SuperioritySituation => ({
  name: 'ratings 1 to 5',
  truth: 19 / 30,
  units,
  control: (random) => random.integer(5),
  treatment: (random) => {
    const at = random.integer(15)
    return at < 1 ? 0 : at < 3 ? 1 : at < 6 ? 2 : at < 10 ? 3 : 4
  },
})

const superiority = [
  shifted(20, SHIFT),
  shifted(100, SHIFT),
  shifted(20, 2),
  shifted(30, SHIFT, 3),
  ratings(30),
  ratings(200),
].map(({ name, truth, units, control, treatment }) =>
  simulation({
    name: `superiority/${name}/${units}`,
    experiments: 10_000,
    questions: [
      question('probability of superiority, Brunner–Munzel logit', name, sampleOf(units), approximate, SIZES),
      question('probability of superiority, Newcombe', name, sampleOf(units), approximate, SIZES),
    ],
    experiment: (random, see) => {
      const found = probabilityOfSuperiority(
        values(units, () => control(random)),
        values(units, () => treatment(random)),
        ALPHA,
      )
      see(0, holds(found, truth))
      see(1, holds(newcombeSuperiorityInterval(found.estimate, units, units, ALPHA), truth))
    },
  }),
)

const quantileTruth = (level: number) => Math.exp(1.2 * normalQuantile(level))

const oneSampleQuantiles = [20, 100, 1000].map((units) =>
  simulation({
    name: `quantiles/${units}`,
    experiments: 10_000,
    questions: [0.5, 0.9].map((level) =>
      question(
        `${100 * level} % quantile, order statistics`,
        'log-normal',
        sampleOf(units),
        atLeast,
        QUANTILES,
      ),
    ),
    experiment: (random, see) => {
      const sample = values(units, () => logNormalVariate(random)).sort()
      for (const [i, level] of [0.5, 0.9].entries())
        see(i, holds(quantileEstimate(sample, level, ALPHA), quantileTruth(level)))
    },
  }),
)

const LIFT = 0.2

const quantileDifferences = [100, 1000].map((units) =>
  simulation({
    name: `quantile differences/${units}`,
    experiments: units > 500 ? 4000 : 10_000,
    questions: [0.5, 0.9].flatMap((level) =>
      ['difference', 'relative effect'].map((scale) =>
        question(
          `${100 * level} % quantile, ${scale}`,
          'log-normal',
          sampleOf(units),
          approximate,
          QUANTILES,
        ),
      ),
    ),
    experiment: (random, see) => {
      const control = values(units, () => logNormalVariate(random)).sort()
      const treatment = values(units, () => (1 + LIFT) * logNormalVariate(random)).sort()
      for (const [i, level] of [0.5, 0.9].entries()) {
        const effect = quantileEffect(
          quantileEstimate(control, level, ALPHA),
          quantileEstimate(treatment, level, ALPHA),
          ALPHA,
        )
        see(2 * i, effect && holds(effect, LIFT * quantileTruth(level)))
        see(2 * i + 1, effect?.relative && holds(effect.relative, LIFT))
      }
    },
  }),
)

const clusteredQuantiles = [50, 200].map((units) =>
  simulation({
    name: `clustered quantiles/${units}`,
    experiments: 3000,
    questions: [0.5, 0.9].map((level) =>
      question(
        `${100 * level} % quantile, several values per unit`,
        'normal, 10 values per unit, correlation 0.33',
        sampleOf(units),
        approximate,
        QUANTILES,
      ),
    ),
    experiment: (random, see) => {
      const clusters = Array.from({ length: units }, () => {
        const shared = 0.7 * normalVariate(random)
        return values(10, () => shared + normalVariate(random))
      })
      for (const [i, level] of [0.5, 0.9].entries()) {
        const found = clusteredQuantile(clusters, level, ALPHA)
        see(i, found && holds(found, Math.hypot(0.7, 1) * normalQuantile(level)))
      }
    },
  }),
)

const meanOf: Statistic = (sample) => {
  let sum = 0
  for (const value of sample) sum += value
  return sum / sample.length
}

interface BootstrapSituation {
  readonly name: string
  readonly units: number
  readonly truth: number
  readonly statistic: Statistic
  readonly isMean: boolean
  draw(random: Random): number
}

const BOOTSTRAPS: readonly BootstrapSituation[] = [
  { name: 'mean of normal', units: 30, truth: 0, statistic: meanOf, isMean: true, draw: normalVariate },
  {
    name: 'mean of exponential',
    units: 100,
    truth: 1,
    statistic: meanOf,
    isMean: true,
    draw: (random) => -Math.log(random.nextOpen()),
  },
  {
    name: 'mean of log-normal, skewness 11',
    units: 100,
    truth: LOG_NORMAL_MEAN,
    statistic: meanOf,
    isMean: true,
    draw: logNormalVariate,
  },
  {
    name: 'median of log-normal',
    units: 100,
    truth: 1,
    statistic: (sample) => sampleQuantile(sorted(sample), 0.5),
    isMean: false,
    draw: logNormalVariate,
  },
]

const bootstraps = BOOTSTRAPS.map(({ name, units, truth, statistic, draw }) =>
  simulation({
    name: `bootstrap/${name}`,
    experiments: 2000,
    questions: [
      question('BCa', name, sampleOf(units), approximate, BOOTSTRAP),
      question('percentile', name, sampleOf(units), FOR_CONTRAST, BOOTSTRAP),
      question('basic', name, sampleOf(units), FOR_CONTRAST, BOOTSTRAP),
    ],
    experiment: (random, see) => {
      const found = bootstrap(
        values(units, () => draw(random)),
        statistic,
        { replicates: 999, alpha: ALPHA, uniform: () => random.next() },
      )
      see(0, found && holds(found.bca, truth))
      see(1, found && holds(found.percentile, truth))
      see(2, found && holds(found.basic, truth))
    },
  }),
)

export const intervalsOfValues: readonly Study[] = [
  ...standardised,
  ...superiority,
  ...oneSampleQuantiles,
  ...quantileDifferences,
  ...clusteredQuantiles,
  ...bootstraps,
]
