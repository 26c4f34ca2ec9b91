import { cramersV } from '../../../packages/engine/src/statistics/effect-sizes/cramers-v.ts'
import { varianceExplained } from '../../../packages/engine/src/statistics/effect-sizes/variance-explained.ts'
import {
  independence,
  independenceCorrected,
  likelihoodRatioTest,
  sampleRatioTest,
  smallestExpectation,
} from '../../../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import { equivalenceTest } from '../../../packages/engine/src/statistics/hypothesis-tests/equivalence.ts'
import {
  type FourfoldTable,
  fisherExact,
  fisherExactOneSided,
  sampleOddsRatio,
} from '../../../packages/engine/src/statistics/hypothesis-tests/fisher-exact.ts'
import { kruskalWallisTest } from '../../../packages/engine/src/statistics/hypothesis-tests/kruskal-wallis.ts'
import { mannWhitneyTest } from '../../../packages/engine/src/statistics/hypothesis-tests/mann-whitney.ts'
import { mcNemarTest } from '../../../packages/engine/src/statistics/hypothesis-tests/mcnemar.ts'
import {
  oneWayAnova,
  welchAnova,
} from '../../../packages/engine/src/statistics/hypothesis-tests/one-way-anova.ts'
import { pairedTTest } from '../../../packages/engine/src/statistics/hypothesis-tests/paired-t-test.ts'
import {
  rateRatioInterval,
  rateTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/poisson-rates.ts'
import { summariseSample } from '../../../packages/engine/src/statistics/hypothesis-tests/sample-summary.ts'
import type { TInference } from '../../../packages/engine/src/statistics/hypothesis-tests/t-inference.ts'
import {
  pooledTTest,
  welchTTest,
  welchTTestOfSamples,
} from '../../../packages/engine/src/statistics/hypothesis-tests/two-sample-t-tests.ts'
import { type SummaryFields, summariesOf } from '../two-samples.ts'
import type { Answer, VectorMethods } from '../vector-method.ts'

interface Samples {
  readonly control: readonly number[]
  readonly treatment: readonly number[]
}

export const hypothesisTests: VectorMethods = {
  'ttest-welch': {
    title: 'Welch unequal-variance t test (summary statistics)',
    compute: (given: SummaryFields) => tFields(welchTTest(...summariesOf(given), 0.05)),
  },
  'ttest-pooled': {
    title: 'pooled-variance Student t test (summary statistics)',
    compute: (given: SummaryFields) => tFields(pooledTTest(...summariesOf(given), 0.05)),
  },
  'ttest-paired': {
    title: 'paired t test (switchback pairs, same users before/after)',
    compute: ({ before, after }) => {
      const test = tFields(pairedTTest(before, after, 0.05))
      return { ...test, mean_diff: test.diff }
    },
  },
  'ttest-raw': {
    title: 'Welch t test from raw arrays (variance must survive a large common offset)',
    compute: ({ control, treatment }: Samples) => {
      const [first, second] = [summariseSample(control), summariseSample(treatment)]
      return {
        ...tFields(welchTTestOfSamples(control, treatment, 0.05)),
        mean1: first.mean,
        var1: first.variance,
        mean2: second.mean,
        var2: second.variance,
      }
    },
  },
  'chi2-contingency': {
    title: 'chi-square test of independence (plain, Yates), G test, Cramer V',
    compute: ({ table }: { table: readonly (readonly number[])[] }) => {
      const [plain, corrected, likelihood] = [independence, independenceCorrected, likelihoodRatioTest].map(
        (test) => test(table),
      ) as [ReturnType<typeof independence>, ReturnType<typeof independence>, ReturnType<typeof independence>]
      return {
        df: plain.degreesOfFreedom,
        chi2: plain.statistic,
        p: plain.pValue,
        log10_p: plain.log10PValue,
        g: likelihood.statistic,
        g_p: likelihood.pValue,
        min_expected: smallestExpectation(table),
        cramers_v: cramersV(table, 0.05).estimate,
        chi2_yates: corrected.statistic,
        p_yates: corrected.pValue,
      }
    },
  },
  'srm-chisquare': {
    title: 'sample ratio mismatch, chi-square goodness of fit',
    compute: ({ observed, weights }) => {
      const { statistic, degreesOfFreedom, pValue, log10PValue } = sampleRatioTest(observed, weights)
      return { chi2: statistic, df: degreesOfFreedom, p: pValue, log10_p: log10PValue }
    },
  },
  'fisher-exact': {
    title: 'Fisher exact 2x2 (two-sided = sum of tables with probability <= observed)',
    compute: ({ table }: { table: FourfoldTable }) => {
      const { pValueLess, pValueGreater } = fisherExactOneSided(table)
      return {
        p_two_sided: fisherExact(table).pValue,
        p_less: pValueLess,
        p_greater: pValueGreater,
        sample_odds_ratio: sampleOddsRatio(table),
      }
    },
  },
  'mann-whitney': {
    title:
      'Mann-Whitney U (exact without ties; normal with tie correction, with and without continuity correction)',
    compute: ({ control, treatment }: Samples) => {
      const test = mannWhitneyTest(control, treatment)
      return {
        u_treatment: test.treatmentStatistic,
        u_control: test.controlStatistic,
        prob_superiority: test.probabilityOfSuperiority,
        p_asymptotic_cc: test.pValueCorrected,
        z_no_cc: test.statistic,
        p_asymptotic: test.pValue,
        p_exact: test.pValueExact,
      }
    },
  },
  mcnemar: {
    title: 'McNemar paired-proportion test (discordant counts b, c)',
    compute: ({ b, c }) => {
      const test = mcNemarTest(b, c)
      return {
        p_exact: test.pValueExact,
        chi2_cc: test.statisticCorrected,
        p_cc: test.pValueCorrected,
        p_asymptotic: test.pValue,
      }
    },
  },
  'poisson-rates': {
    title: 'comparison of two event rates',
    compute: ({ events1, exposure1, events2, exposure2 }) => {
      const control = { events: events1, exposure: exposure1 }
      const treatment = { events: events2, exposure: exposure2 }
      const test = rateTest(control, treatment)
      const { low, high } = rateRatioInterval(control, treatment, 0.05)
      return {
        rate1: test.controlRate,
        rate2: test.treatmentRate,
        p_greater_exact: test.pValueGreater,
        p_less_exact: test.pValueLess,
        p_two_sided_doubled: test.pValueExact,
        z_score: test.statistic,
        p_score: test.pValueScore,
        rate_ratio: test.rateRatio,
        wald_log_low: low,
        wald_log_high: high,
      }
    },
  },
  'equivalence-tost': {
    title: 'TOST equivalence and non-inferiority (Welch)',
    compute: ({ diff, sd1, sd2, n1, n2, low, high, alpha }) => {
      const control = { units: n1, mean: 0, variance: sd1 * sd1 }
      const treatment = { units: n2, mean: diff, variance: sd2 * sd2 }
      const test = equivalenceTest(welchTTest(control, treatment, alpha), { low, high }, alpha)
      return {
        p_lower: test.pValueLow,
        p_upper: test.pValueHigh,
        p_tost: test.pValue,
        p_noninferior_low: test.pValueLow,
        ci90_low: test.low,
        ci90_high: test.high,
      }
    },
  },
  'anova-oneway': {
    title: 'one-way ANOVA, Welch ANOVA, Kruskal-Wallis, eta^2/omega^2',
    compute: ({ groups }: { groups: readonly (readonly number[])[] }) => {
      const summaries = groups.map(summariseSample)
      const anova = oneWayAnova(summaries)
      const welch = welchAnova(summaries)
      const kruskal = kruskalWallisTest(groups)
      const { etaSquared, omegaSquared } = varianceExplained(anova)
      return {
        ss_between: anova.sumOfSquaresBetween,
        ss_within: anova.sumOfSquaresWithin,
        df1: anova.numeratorDegreesOfFreedom,
        df2: anova.denominatorDegreesOfFreedom,
        F: anova.statistic,
        p: anova.pValue,
        eta2: etaSquared,
        omega2: omegaSquared,
        welch_F: welch.statistic,
        welch_df2: welch.denominatorDegreesOfFreedom,
        welch_p: welch.pValue,
        kruskal_H: kruskal.statistic,
        kruskal_p: kruskal.pValue,
      }
    },
  },
}

function tFields(test: TInference) {
  return {
    diff: test.estimate,
    se: test.standardError,
    df: test.degreesOfFreedom,
    t: test.statistic,
    p_two_sided: test.pValue,
    log10_p_two_sided: test.log10PValue,
    p_greater: test.pValueGreater,
    p_less: test.pValueLess,
    ci95_low: test.low,
    ci95_high: test.high,
  } satisfies Record<string, Answer>
}
