import { DEFAULT_ESTIMATORS, DEFAULT_POSTERIORS } from './defaults.ts'
import { adjustedMeans, adjustedRatios } from './effect-source.ts'
import type { Estimator, InferenceMethod } from './estimator.ts'
import { fixedHorizon } from './estimators/fixed-horizon.ts'
import { pooledT } from './estimators/pooled-t.ts'
import {
  agrestiCaffo,
  chiSquare,
  fisher,
  gTest,
  miettinenNurminen,
  newcombe,
  pooledZ,
  unpooledZ,
} from './estimators/proportion-tests.ts'
import { welch } from './estimators/welch.ts'
import type { PosteriorModel } from './posterior.ts'
import { betaBinomial } from './posteriors/beta-binomial.ts'
import { gammaPoisson } from './posteriors/gamma-poisson.ts'
import { normalModel } from './posteriors/normal.ts'
import type { SampleTest } from './sample-test.ts'
import { betting } from './sample-tests/betting.ts'
import { bootstrap } from './sample-tests/bootstrap.ts'
import { brunnerMunzel } from './sample-tests/brunner-munzel.ts'
import { mannWhitney } from './sample-tests/mann-whitney.ts'
import { permutation } from './sample-tests/permutation.ts'
import { postStratify } from './sample-tests/post-stratify.ts'
import { quantile } from './sample-tests/quantile.ts'
import { regression } from './sample-tests/regression.ts'
import type { AnalysisMethod } from './table/index.ts'

const NEWCOMBE = 'Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I'
const CUPED = 'Deng, Xu, Kohavi & Walker 2013, doi:10.1145/2433396.2433413'
const WELCH = 'Welch 1947, doi:10.1093/biomet/34.1-2.28'

const EVERY_KIND: AnalysisMethod['metricKinds'] = ['mean', 'proportion', 'count', 'ratio', 'quantile']

/** Tests that take the units' own values. */
export const SAMPLE_TESTS: readonly SampleTest[] = [
  mannWhitney,
  brunnerMunzel,
  permutation,
  bootstrap,
  regression,
  postStratify,
  quantile,
  betting,
]

/** Every method that can be asked for by name. */
export const ANALYSIS_METHODS: readonly AnalysisMethod[] = [
  {
    ...sequential('auto', 'fixed-horizon', {
      title: 'the usual test for each kind of metric, read once',
      source: `${WELCH}; ${NEWCOMBE}`,
      tests: [quantile],
    }),
    sourceByKind: {
      mean: WELCH,
      count: WELCH,
      proportion: NEWCOMBE,
      ratio: 'Deng, Knoblich & Lu 2018, doi:10.1145/3219819.3219919',
      quantile: 'Conover 1999, section 3.2; Zou & Donner 2008, doi:10.1002/sim.3095',
    },
  },
  sequential('always-valid', 'always-valid', {
    title: 'asymptotic confidence sequence, to be read at any time',
    source: 'Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, theorem 2.2, arXiv:2103.06476',
  }),
  sequential('mixture-sprt', 'mixture-sprt', {
    title: 'mixture sequential probability ratio test, to be read at any time',
    source: 'Johari, Koomen, Pekelis & Walsh 2022, doi:10.1287/opre.2021.2135',
  }),
  byEstimators([welch], "Welch's t test of means", WELCH),
  byEstimators(
    [pooledT],
    "Student's t test of means with one variance",
    'Student 1908, doi:10.1093/biomet/6.1.1; Fisher 1925, Metron 5:90–104',
  ),
  byEstimators([pooledZ], 'pooled z test of proportions', NEWCOMBE),
  byEstimators([unpooledZ], 'unpooled z test of proportions', NEWCOMBE),
  byEstimators(
    [fisher],
    "Fisher's exact test of proportions",
    `Fisher 1935, doi:10.2307/2342435; interval: ${NEWCOMBE}`,
  ),
  byEstimators(
    [chiSquare],
    "Pearson's chi-square test of proportions",
    `Pearson 1900, doi:10.1080/14786440009463897; interval: ${NEWCOMBE}`,
  ),
  byEstimators(
    [gTest],
    'likelihood-ratio test of proportions',
    `Wilks 1938, doi:10.1214/aoms/1177732360; interval: ${NEWCOMBE}`,
  ),
  byEstimators([newcombe], "Newcombe's interval of a difference of proportions", `${NEWCOMBE}, method 10`),
  byEstimators(
    [miettinenNurminen],
    "Miettinen and Nurminen's score test and interval of proportions",
    'Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211',
  ),
  byEstimators(
    [agrestiCaffo],
    "Agresti and Caffo's interval of a difference of proportions",
    'Agresti & Caffo 2000, doi:10.1080/00031305.2000.10474560',
  ),
  bySamples(
    mannWhitney,
    "Mann and Whitney's rank test",
    'Mann & Whitney 1947, doi:10.1214/aoms/1177730491; interval: Brunner & Munzel 2000',
  ),
  bySamples(
    brunnerMunzel,
    "Brunner and Munzel's rank test",
    'Brunner & Munzel 2000, doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U',
  ),
  bySamples(
    permutation,
    'permutation test of means',
    `Pitman 1937, doi:10.2307/2984124; drawn: Phipson & Smyth 2010, doi:10.2202/1544-6115.1585; interval: ${WELCH}`,
  ),
  bySamples(
    bootstrap,
    'bootstrap of means, accelerated interval (BCa)',
    `Efron 1987, doi:10.1080/01621459.1987.10478410; p: ${WELCH}`,
  ),
  {
    ...byEstimators(
      [fixedHorizon(adjustedMeans), fixedHorizon(adjustedRatios)],
      'adjusted for covariates, one slope for all variants (CUPED)',
      CUPED,
    ),
    name: 'cuped',
    usesCovariates: true,
    needs: 'covariates',
  },
  {
    ...bySamples(
      regression,
      'regression with covariates and interactions, robust HC2',
      'Lin 2013, doi:10.1214/12-AOAS583; MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7',
    ),
    usesCovariates: true,
    needs: 'covariates',
  },
  {
    ...bySamples(
      postStratify,
      'post-stratification',
      'Miratrix, Sekhon & Yu 2013, doi:10.1111/j.1467-9868.2012.01048.x',
    ),
    needs: 'strata',
  },
  bySamples(
    betting,
    'betting confidence sequences of bounded values, to be read after any unit',
    'Waudby-Smith & Ramdas 2024, doi:10.1093/jrsssb/qkad009; p: Vovk & Wang 2021, doi:10.1214/20-AOS2020',
  ),
  byPosterior(
    betaBinomial,
    'Bayesian: beta posterior of each proportion',
    'Gelman et al. 2013, Bayesian Data Analysis, section 2.4',
  ),
  byPosterior(
    normalModel,
    'Bayesian: normal posterior of each value',
    'Gelman et al. 2013, eq. 2.10; prior on relative effects: Deng 2015, doi:10.1145/2740908.2742563',
  ),
  byPosterior(
    gammaPoisson,
    'Bayesian: gamma posterior of each rate of events',
    'Gelman et al. 2013, Bayesian Data Analysis, section 2.6',
  ),
]

function sequential(
  name: string,
  inference: InferenceMethod,
  { title, source, tests = [] }: Pick<AnalysisMethod, 'title' | 'source'> & Partial<AnalysisMethod>,
): AnalysisMethod {
  return {
    name,
    title,
    source,
    inference,
    tests,
    estimators: DEFAULT_ESTIMATORS,
    posteriors: DEFAULT_POSTERIORS,
    metricKinds: EVERY_KIND,
    usesCovariates: true,
  }
}

function byEstimators(estimators: readonly Estimator[], title: string, source: string): AnalysisMethod {
  const { name = '', inference = 'fixed-horizon' } = estimators[0] ?? {}
  const kinds = estimators.flatMap(({ metricKinds }) => metricKinds)
  return { ...described(name, kinds, title, source), inference, tests: [], estimators }
}

function bySamples(test: SampleTest, title: string, source: string): AnalysisMethod {
  return {
    ...described(test.name, test.metricKinds, title, source),
    inference: test.inference,
    tests: [test],
    estimators: [],
  }
}

function byPosterior(model: PosteriorModel, title: string, source: string): AnalysisMethod {
  return {
    ...described(model.name, model.metricKinds, title, source),
    inference: 'fixed-horizon',
    tests: [quantile],
    estimators: DEFAULT_ESTIMATORS,
    posteriors: [model],
    isBayesian: true,
  }
}

function described(name: string, kinds: readonly string[], title: string, source: string) {
  return { name, title, source, metricKinds: EVERY_KIND.filter((kind) => kinds.includes(kind)) }
}
