import { fisherExact } from '../../packages/engine/src/statistics/hypothesis-tests/fisher-exact.ts'
import {
  approximateRhoSquared,
  asymptoticConfidenceSequence,
} from '../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import { compareAnswer } from '../vectors/compare.ts'
import { adjustedEffect, adjustedRatioEffect } from './adjusted.ts'
import { bayesianAnswer } from './bayesian.ts'
import type { DeviationName } from './deviations.ts'
import type { PeerEffect } from './effect.ts'
import type { EffectCase, Sums } from './golden.ts'
import { meanEffect, ratioEffect } from './moments.ts'
import { searchedPValue } from './one-sided-search.ts'
import { isNear, type Outcome, TOLERANCE, wrong } from './outcome.ts'
import { quantileEffect } from './quantile.ts'
import { sequentialAnswer } from './sequential-tests.ts'
import { tTestAnswer } from './t-tests.ts'
import { asResult, type Sides, type TestAnswer } from './test-answer.ts'

/** One step of doubles above 1: what 1 − cdf may be off. */
const ROUNDING_OF_ONE = 2.3e-16
const SMALLEST_NORMAL = 2.3e-308
/** Numbers that are the difference of larger ones need not agree to more than so much of the standard error. */
const OF_STANDARD_ERROR = 1e-12

interface Test {
  answer(effect: PeerEffect, given: EffectCase): TestAnswer
  /** Names the reason why a field of theirs is another than ours; undefined where there is none. */
  excuse(effect: PeerEffect, given: EffectCase, ours: number): DeviationName | undefined
}

const TESTS: Readonly<Record<string, Test>> = {
  TwoSidedTTest: tTest('two-sided'),
  OneSidedTreatmentGreaterTTest: tTest('greater'),
  OneSidedTreatmentLesserTTest: tTest('less'),
  SequentialTwoSidedTTest: sequentialTest('two-sided'),
  SequentialOneSidedTreatmentGreaterTTest: sequentialTest('greater'),
  SequentialOneSidedTreatmentLesserTTest: sequentialTest('less'),
  'EffectBayesianABTest.flat': bayesianTest(),
  'EffectBayesianABTest.proper': bayesianTest(),
}

/** The effect of a case before any test. */
export function effectOf(given: EffectCase): PeerEffect {
  switch (given.statistic) {
    case 'mean':
    case 'proportion':
      return meanEffect(given.a, given.b, given.config)
    case 'ratio':
      return ratioEffect(given.a, given.b, given.config)
    case 'cuped_mean':
    case 'cuped_proportion':
      return adjustedEffect(given.a, given.b, given.config)
    case 'cuped_ratio':
      return adjustedRatioEffect(given.a, given.b, given.config)
    case 'quantile':
      return quantileEffect(given.a, given.b, given.config)
  }
}

export function checkEffect(given: EffectCase): Outcome {
  const test = TESTS[given.test]
  if (!test) return wrong(`no test called ${given.test}`)
  if (!['relative', 'absolute'].includes(given.config.difference_type))
    return wrong(`no effects called ${given.config.difference_type}`)
  const effect = effectOf(given)
  if (given.result.errorMessage !== null)
    return { worstError: 0, deviations: hasAnswer(effect, given) ? ['no answer'] : [], problems: [] }
  const answer = asResult(test.answer(effect, given))
  const compare = (abs: number) =>
    compareAnswer(given.result, answer, { rel: TOLERANCE, abs }, ['pValue', 'pValueErrorMessage', 'risk'])
  const strict = compare(0)
  const compared = strict.wrong.length === 0 ? strict : compare(OF_STANDARD_ERROR * effect.standardError)
  const tails = compareTails(test, effect, given)
  return {
    worstError: Math.max(compared.worst, tails.worstError),
    deviations: tails.deviations,
    problems: [...compared.wrong, ...tails.problems],
  }
}

/** Whether there is one here where they have none: proportions have exact tests, other metrics need a standard error. */
function hasAnswer({ estimate, standardError }: PeerEffect, given: EffectCase): boolean {
  if (given.statistic === 'proportion')
    return given.a.n > 0 && given.b.n > 0 && exactPValue(given.a, given.b) >= 0
  return Number.isFinite(estimate) && standardError > 0 && standardError < Number.POSITIVE_INFINITY
}

function exactPValue(a: Sums, b: Sums): number {
  return fisherExact([
    [a.sum, a.n - a.sum],
    [b.sum, b.n - b.sum],
  ]).pValue
}

/** P-values and risks, which may be as small as they like: to relative accuracy, or with an excuse. */
function compareTails(test: Test, effect: PeerEffect, given: EffectCase): Outcome {
  const { rest } = test.answer(effect, given)
  const deviations = new Set<DeviationName>()
  const problems: string[] = []
  let worstError = 0
  for (const field of ['pValue', 'risk'].filter((name) => name in given.result)) {
    const theirs = [given.result[field]].flat().map((value) => (value === null ? Number.NaN : Number(value)))
    const ours = [rest[field]].flat() as number[]
    for (const [i, value] of ours.entries()) {
      const other = theirs[i] ?? Number.NaN
      if (isNear(other, value, SMALLEST_NORMAL)) {
        if (value > SMALLEST_NORMAL) worstError = Math.max(worstError, Math.abs(other - value) / value)
        continue
      }
      const excuse = test.excuse(effect, given, value)
      if (excuse) deviations.add(excuse)
      else problems.push(`${field}: ${value} instead of ${other}`)
    }
  }
  return { worstError, deviations: [...deviations], problems }
}

function tTest(sides: Sides): Test {
  return {
    answer: (effect, { config }) => tTestAnswer(effect, config, sides),
    excuse: (_, { result }, ours) => {
      const theirs = Number(result['pValue'] ?? Number.NaN)
      const isRounded = Math.abs(theirs - ours) <= (sides === 'two-sided' ? 2 : 1) * ROUNDING_OF_ONE
      return isRounded && sides !== 'less' ? 'rounded p-value' : undefined
    },
  }
}

function sequentialTest(sides: Sides): Test {
  return {
    answer: (effect, { config }) => sequentialAnswer(effect, config, sides),
    excuse: (effect, given, ours) =>
      sides === 'two-sided' ? undefined : searchExcuse(effect, given, sides, ours),
  }
}

/** Their search with our limits must give their number. */
function searchExcuse(
  effect: PeerEffect,
  { config, result }: EffectCase,
  sidedness: Exclude<Sides, 'two-sided'>,
  ours: number,
): DeviationName | undefined {
  const { alpha, sequential_tuning_parameter: units = Number.NaN } = config
  const rhoSquared = approximateRhoSquared({ alpha, units, sidedness })
  const searched = searchedPValue((tried) => {
    const { low, high } = asymptoticConfidenceSequence(effect, { alpha: tried, rhoSquared, sidedness })
    return sidedness === 'greater' ? low : -high
  })
  const theirs = result['pValue']
  if (theirs === null) return Number.isNaN(searched) ? 'missing p-value' : undefined
  if (!isNear(searched, Number(theirs))) return undefined
  return isClipped(ours) ? 'clipped p-value' : 'bisected p-value'
}

function isClipped(pValue: number): boolean {
  return pValue < 1e-5 || pValue > 0.4999
}

function bayesianTest(): Test {
  return {
    answer: (effect, { config }) => bayesianAnswer(effect, config),
    excuse: (effect, { config, result }, ours) => {
      const { rest } = bayesianAnswer(effect, { ...config, inverse: false })
      const [ofControl] = rest['risk'] as readonly number[]
      const chance = rest['chanceToWin'] as number
      const theirs = (result['risk'] as readonly number[])[config.inverse === true ? 1 : 0] as number
      const conditionalMean = ours / chance
      const isRounded = ours === ofControl && Math.abs(theirs - ours) <= ROUNDING_OF_ONE * conditionalMean
      return isRounded ? 'rounded risk' : undefined
    },
  }
}
