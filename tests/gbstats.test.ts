import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkBandit } from '../verification/gbstats/bandits.ts'
import { checkGolden } from '../verification/gbstats/check-golden.ts'
import { checkEffect } from '../verification/gbstats/effect-tests.ts'
import { examples } from '../verification/gbstats/examples.ts'
import { type EffectCase, GOLDEN_FILE, readGolden } from '../verification/gbstats/golden.ts'
import { checkPower } from '../verification/gbstats/mid-experiment-power.ts'
import { searchedPValue } from '../verification/gbstats/one-sided-search.ts'
import { countedParts, fixedParts, withParts } from '../verification/gbstats/page.ts'
import { checkSampleRatio } from '../verification/gbstats/sample-ratio.ts'
import { checkFolder } from '../verification/vectors/check-folder.ts'

/**
 * Values of GrowthBook's gbstats 0.8.0 on its own inputs. They are not part of the repository; HELIOS_VECTORS names
 * the folder that holds theirs.
 */
const FILE = path.join(
  process.env.HELIOS_VECTORS ?? path.resolve(import.meta.dirname, '../../shared/vectors'),
  'gbstats',
  GOLDEN_FILE,
)
const page = readFileSync(
  path.resolve(import.meta.dirname, '../docs/reference/compared-with-gbstats.md'),
  'utf8',
)

const isPresent = existsSync(FILE)
if (!isPresent) console.warn(`NOT COMPARED with gbstats, whose values are not in ${FILE}`)
const golden = isPresent ? readGolden(FILE) : undefined

describe.skipIf(!isPresent)('values of gbstats', () => {
  const families = golden ? checkGolden(golden) : []

  it('are read', () => {
    expect(families.length).toBe(11)
    expect(families.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThan(500)
  })

  it.each(families.map((family) => [family.name, family] as const))('%s', (_, family) => {
    expect(family.problems).toEqual([])
    expect(family.equal + family.otherMethod + family.theyErr).toBe(family.cases)
    expect(family.worstError).toBeLessThanOrEqual(1e-9)
    // As the page says; in the other families numbers of theirs have passed through 1 − cdf.
    if (!/TwoSidedTTest|Greater|Bayesian/.test(family.name) || family.name.startsWith('Sequential'))
      expect(family.worstError).toBeLessThan(1e-11)
  })

  it('are counted on the page', () => {
    expect(withParts(page, golden ? countedParts(golden) : {})).toBe(page)
  })

  it('are checked by the command', () => {
    const results = checkFolder(path.dirname(FILE))
    expect(results.map(({ name }) => name)).toContain('gbstats SequentialTwoSidedTTest')
    expect(results.every(({ failures }) => failures === 0)).toBe(true)
  })
})

describe('the page on gbstats', () => {
  it('says what the code computes', () => {
    expect(withParts(page, fixedParts())).toBe(page)
  })

  it('refuses a part that it has no place for', () => {
    expect(() => withParts(page, { weather: 'fine' })).toThrow('no place for "weather"')
  })

  it('has a number of ours in every example', () => {
    expect(examples().length).toBeGreaterThanOrEqual(8)
    for (const { ours } of examples()) {
      expect(ours).toMatch(/\d/)
      expect(ours).not.toMatch(/NaN|Infinity|undefined/)
    }
  })
})

/** 100 of 1,000 against 150 of 1,000. Numbers made with SciPy 1.10. */
const CASE = {
  test: 'TwoSidedTTest',
  statistic: 'proportion',
  config: { difference_type: 'absolute', alpha: 0.05 },
  a: { n: 1000, sum: 100 },
  b: { n: 1000, sum: 150 },
  result: {
    expected: 0.05,
    ci: [0.021076641907015033, 0.07892335809298498],
    uplift: { dist: 'normal', mean: 0.05, stddev: 0.014747881203752627 },
    errorMessage: null,
    pValue: 0.0007121024449233403,
    pValueErrorMessage: null,
  },
} as const satisfies EffectCase

function withResult(changes: Readonly<Record<string, unknown>>): EffectCase {
  return { ...CASE, result: { ...CASE.result, ...changes } }
}

describe('comparing with gbstats', () => {
  it('takes equal numbers, and nothing else', () => {
    expect(checkEffect(CASE)).toMatchObject({ deviations: [], problems: [] })
    expect(checkEffect(withResult({ expected: 0.05 * (1 + 1e-8) })).problems).toHaveLength(1)
    expect(checkEffect(withResult({ ci: [0.02, 0.08] })).problems).toHaveLength(2)
    expect(checkEffect(withResult({ pValue: CASE.result.pValue * (1 + 1e-8) })).problems).toHaveLength(1)
    expect(checkEffect(withResult({ pValue: 0 })).problems).toHaveLength(1)
    expect(checkEffect(withResult({ pValue: null })).problems).toHaveLength(1)
    expect(checkEffect({ ...CASE, test: 'SeventeenSidedTTest' }).problems).toHaveLength(1)
  })

  it('excuses a p-value that was lost to rounding', () => {
    const { deviations, problems } = checkEffect({
      ...withResult({ pValue: 0 }),
      b: { n: 1000, sum: 500 },
    } as EffectCase)
    expect(deviations).toEqual(['rounded p-value'])
    expect(problems.filter((problem) => problem.startsWith('pValue'))).toEqual([])
  })

  it('excuses one-sided p-values that their search would give, and no others', () => {
    const sequential = {
      ...CASE,
      test: 'SequentialOneSidedTreatmentLesserTTest',
      config: { ...CASE.config, sequential_tuning_parameter: 5000 },
    }
    const outcome = (pValue: number) => checkEffect({ ...sequential, result: { ...CASE.result, pValue } })
    expect(outcome(0.4999).deviations).toEqual(['clipped p-value'])
    expect(outcome(0.4998).deviations).toEqual([])
    expect(outcome(0.4998).problems.some((problem) => problem.startsWith('pValue'))).toBe(true)
  })

  it('counts a refusal only where there is an answer', () => {
    const refusal = { errorMessage: 'ZERO_NEGATIVE_VARIANCE' }
    expect(checkEffect({ ...withResult(refusal), a: { n: 1000, sum: 0 } } as EffectCase).deviations).toEqual([
      'no answer',
    ])
    const same = { n: 10, sum: 20, sum_squares: 40 }
    const constant = { ...withResult(refusal), statistic: 'mean', a: same, b: same } as EffectCase
    expect(checkEffect(constant)).toMatchObject({ deviations: [], problems: [] })
  })

  it('finds wrong sample ratios, bandits and sample sizes', () => {
    const ratio = { users: [5099, 4901], weights: [0.5, 0.5], p: 0.04770352868301684 }
    expect(checkSampleRatio(ratio).problems).toEqual([])
    expect(checkSampleRatio({ ...ratio, p: 0.1408 }).problems).toHaveLength(1)
    const arm = { n: 1000, sum: 100, sum_squares: 100 }
    const interval = [0.0813968452106668, 0.11860315478933321] as const
    const bandit = {
      stats: [arm, arm],
      result: { users: [1000, 1000], cr: [0.1, 0.1], ci: [interval, interval], bandit_weights: [0.51, 0.49] },
    }
    const drawn = (chances: readonly number[]) =>
      checkBandit({ ...bandit, result: { ...bandit.result, best_arm_probabilities: chances } }).problems
    expect(drawn([0.51, 0.49])).toEqual([])
    expect(drawn([0.6, 0.4])).toHaveLength(2)
    const power = {
      a: { n: 1000, sum: 100 },
      b: { n: 1000, sum: 100 },
      moments: { standard_error: Math.sqrt(0.018), pairwise_sample_size: 2000 },
      config: {
        target_power: 0.8,
        target_mde: 0.2,
        num_goal_metrics: 1,
        num_variations: 2,
        prior_effect: null,
        p_value_corrected: false,
        sequential: false,
        sequential_tuning_parameter: 5000,
      },
    }
    const reached = (scaling_factor: number) =>
      checkPower({ ...power, result: { scaling_factor, additional_users: 2000 * scaling_factor } }).problems
    expect(reached(2.5319872291967878)).toEqual([])
    expect(reached(2)).toHaveLength(1)
  })
})

describe('their search for a one-sided p-value', () => {
  it('ends at its borders, or near the root', () => {
    expect(searchedPValue(() => 1)).toBe(1e-5)
    expect(searchedPValue(() => -1)).toBe(0.4999)
    expect(searchedPValue((alpha) => alpha - 0.03)).toBeCloseTo(0.03, 5)
    expect(searchedPValue((alpha) => (alpha < 0.1 ? -1 : 1))).toBeNaN()
  })
})

describe('reading their values', () => {
  it('takes only a file of that kind', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gbstats-'))
    const file = path.join(folder, GOLDEN_FILE)
    try {
      expect(readGolden(file)).toBeUndefined()
      for (const content of ['{', '[]', 'null', '{"cases": []}', '{"tests": 3}']) {
        writeFileSync(file, content)
        expect(readGolden(file)).toBeUndefined()
      }
      writeFileSync(file, '{"tests": []}')
      expect(readGolden(file)).toEqual({ tests: [], srm: [], mid_experiment_power: [], bandits: [] })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
