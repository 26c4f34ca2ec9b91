import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { notComputable } from '../estimator.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import { mixtureSequentialTest } from '../statistics/sequential/mixture-sprt.ts'
import { plannedSequence } from '../statistics/sequential/planned-sequence.ts'
import type { Compared } from './evidence.ts'
import { guardrailVerdict } from './guardrail.ts'
import { comparison } from './testing.ts'

const MARGIN = 0.05
const settings = { ...DEFAULT_ANALYSIS_SETTINGS, guardrailMargin: MARGIN }

const ALPHA = 0.05
const PLAN = { alpha: ALPHA, plannedUnits: 10_000 }

/** As a confidence sequence compares: control 10, the same interval on both scales. */
function inSequence(estimate: number, standardError: number, units: number): Compared {
  const { low, high, pValue, log10PValue } = plannedSequence({ estimate, standardError, units }, PLAN)
  return comparison(estimate, standardError, {
    inference: 'always-valid',
    relative: { status: 'ok', method: 'test', estimate, low, high },
    absolute: { estimate: 10 * estimate, low: 10 * low, high: 10 * high },
    pValue,
    log10PValue,
  })
}

/** As the mixture test compares, which expects effects of 0.3. */
function inMixtureTest(estimate: number, standardError: number): Compared {
  const test = { estimate, standardError, mixtureVariance: 0.09, alpha: ALPHA }
  const { low, high } = mixtureSequentialTest(test)
  return comparison(estimate, standardError, {
    inference: 'mixture-sprt',
    relative: { status: 'ok', method: 'test', estimate, low, high },
  })
}

describe('a guardrail', () => {
  it.each([
    [0, 0.02, 'holds'],
    [-0.02, 0.01, 'holds'],
    // Worse beyond doubt, but by less than the margin allows.
    [-0.03, 0.005, 'holds'],
    [-0.08, 0.02, 'harmed'],
    [-0.03, 0.02, 'unclear'],
    [0.02, 0.1, 'unclear'],
  ] as const)('with the effect %s ± %s %s', (estimate, standardError, verdict) => {
    expect(guardrailVerdict(comparison(estimate, standardError), 'increase', settings)?.verdict).toBe(verdict)
    expect(guardrailVerdict(comparison(-estimate, standardError), 'decrease', settings)?.verdict).toBe(
      verdict,
    )
  })

  it('has the one-sided p-value of the margin', () => {
    // 1 − Φ((−0.01 + 0.05) / 0.02) = 1 − Φ(2), R: pnorm(2, lower = FALSE)
    const found = guardrailVerdict(comparison(-0.01, 0.02), 'increase', settings)
    expect(found?.pValue).toBeCloseTo(0.022750131948179, 12)
    expect(found?.margin).toBe(MARGIN)
  })

  it('of a group-sequential look has the nominal p-value', () => {
    const { absolute, relative } = comparison(-0.01, 0.02)
    const wide = {
      absolute: { ...absolute, low: -0.1 - 3 * 0.2, high: -0.1 + 3 * 0.2 },
      relative: { ...relative, low: -0.01 - 3 * 0.02, high: -0.01 + 3 * 0.02 } as Compared['relative'],
    }
    const found = guardrailVerdict(
      comparison(-0.01, 0.02, { ...wide, inference: 'group-sequential' }),
      'increase',
      settings,
    )
    expect(found).toMatchObject({ verdict: 'unclear' })
    expect(found?.pValue).toBeCloseTo(0.022750131948179, 12)
  })

  it('cannot be judged without a comparison or a relative effect', () => {
    const missing = notComputable('baseline-zero', 'The control is 0.')
    expect(guardrailVerdict(missing, 'increase', settings)).toBeUndefined()
    expect(guardrailVerdict(comparison(1, 1, { relative: missing }), 'increase', settings)).toBeUndefined()
  })

  it('at a fixed horizon holds where p is below alpha / 2, and only there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.2, noNaN: true }),
        fc.constantFrom('increase', 'decrease'),
        (estimate, standardError, direction) => {
          const found = guardrailVerdict(comparison(estimate, standardError), direction, settings)
          const distance = Math.abs((found?.pValue ?? 0) - 0.025)
          fc.pre(distance > 1e-9)
          expect(found?.verdict === 'holds').toBe((found?.pValue ?? 1) < 0.025)
        },
      ),
      { seed: 1 },
    )
  })
})

describe('a guardrail that may be read at every look', () => {
  const effect = fc.integer({ min: -200, max: 200 }).map((step) => step / 1000)
  const error = fc.integer({ min: 1, max: 100 }).map((step) => step / 1000)
  const units = fc.integer({ min: 100, max: 200_000 })

  it.each([
    // Before, at and after the planned sample: the same critical value belongs to two times.
    [0.04, 0.01, 2_000],
    [0.04, 0.01, 10_000],
    [0.04, 0.01, 60_000],
    [-0.09, 0.01, 5_000],
    [-0.02, 0.004, 5_000],
    [-0.02, 0.004, 10_300],
    [-0.02, 0.004, 50_000],
  ])('with the effect %s ± %s at %i units has the p-value of its own sequence', (estimate, se, n) => {
    const compared = inSequence(estimate, se, n)
    expect(compared.pValue).toBeLessThan(1)
    const distance = estimate + MARGIN
    const truth = plannedSequence({ estimate: distance, standardError: se, units: n }, PLAN).pValue
    const found = guardrailVerdict(compared, 'increase', settings)?.pValue ?? Number.NaN
    expect(Math.log10(found)).toBeCloseTo(distance > 0 ? Math.log10(truth) : 0, 5)
  })

  it('holds where p is below alpha, and only there', () => {
    fc.assert(
      fc.property(effect, error, units, (estimate, standardError, n) => {
        const compared = [inSequence(estimate, standardError, n), inMixtureTest(estimate, standardError)]
        for (const found of compared.map((each) => guardrailVerdict(each, 'increase', settings))) {
          expect(found?.pValue).toBeGreaterThanOrEqual(0)
          expect(found?.pValue).toBeLessThanOrEqual(1)
          // Where its own p is 1 the sequence may be known again as a more cautious one.
          if (found?.verdict !== 'holds') expect(found?.pValue).toBeGreaterThanOrEqual(ALPHA * (1 - 1e-6))
          else expect(found.pValue).toBeLessThanOrEqual(ALPHA * (1 + 1e-6))
        }
      }),
      { seed: 2 },
    )
  })

  it('takes the more cautious of two sequences that it cannot tell apart', () => {
    fc.assert(
      fc.property(error, units, (standardError, n) => {
        const truth = plannedSequence({ estimate: MARGIN, standardError, units: n }, PLAN).pValue
        const found = guardrailVerdict(inSequence(0, standardError, n), 'increase', settings)
        expect(found?.pValue).toBeGreaterThanOrEqual(truth * (1 - 1e-4))
      }),
      { seed: 3 },
    )
  })

  it('has the p-value of the mixture test', () => {
    const truth = mixtureSequentialTest({
      estimate: -0.01,
      standardError: 0.008,
      mixtureVariance: 0.09,
      alpha: ALPHA,
      nullValue: -MARGIN,
    })
    const found = guardrailVerdict(inMixtureTest(-0.01, 0.008), 'increase', settings)
    expect(found?.pValue).toBeCloseTo(truth.pValue, 12)
    expect(guardrailVerdict(inMixtureTest(-0.06, 0.008), 'increase', settings)?.pValue).toBe(1)
  })

  it('has no p-value when its interval is of another sequence', () => {
    const compared = comparison(0.01, 0.01, { inference: 'always-valid' })
    const found = guardrailVerdict(compared, 'increase', settings)
    expect(found?.verdict).toBe('holds')
    expect(found?.pValue).toBeNaN()
  })
})
