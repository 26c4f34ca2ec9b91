import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison, ComputedComparison, Estimator, MetricSummary } from '../estimator.ts'

/** What the suite needs to know of an estimator. */
export interface EstimatorCases {
  /** Summaries that can be compared, as real data would give them. */
  readonly summaries: fc.Arbitrary<MetricSummary>
  /** Whether p < alpha exactly when the absolute interval excludes 0; if not, why not. */
  readonly duality: 'exact' | { readonly except: string }
  /**
   * The summary after all values of the units were multiplied by a factor; absent where values have no scale.
   * The effect scales by the factor, or not at all when every component of a ratio is scaled.
   */
  readonly scaled?: {
    readonly by: (summary: MetricSummary, factor: number) => MetricSummary
    readonly effect: 'scales' | 'stays'
  }
}

/** Distance between p and alpha below which rounding may decide on which side p falls. */
const TOO_CLOSE = 1e-9
const ALPHAS = [0.5, 0.2, 0.05, 0.01, 1e-3, 1e-6]
const alphas = fc.constantFrom(...ALPHAS)

/** What every estimator promises. */
export function estimatorSuite(estimator: Estimator, cases: EstimatorCases): void {
  describe(`estimator: ${estimator.name}`, () => {
    const pairs = fc.tuple(cases.summaries, cases.summaries)
    answerPromises(estimator, pairs)
    intervalPromises(estimator, pairs, cases.duality)
    scalePromise(estimator, pairs, cases.scaled)
    refusalPromises(estimator, cases.summaries)
  })
}

type Pairs = fc.Arbitrary<[MetricSummary, MetricSummary]>

function answerPromises(estimator: Estimator, pairs: Pairs): void {
  it('has a name and the kinds of metrics that it compares', () => {
    expect(estimator.name).toMatch(/^[a-z][a-z-]*$/)
    expect(estimator.metricKinds.length).toBeGreaterThan(0)
  })

  it('answers most of the comparable summaries', () => {
    const answers = fc.sample(pairs, 200).map(([a, b]) => estimator.compare(a, b, { alpha: 0.05 }))
    expect(answers.filter(({ status }) => status === 'ok').length).toBeGreaterThan(100)
  })

  it('holds nothing but numbers that mean something, and says how they were obtained', () => {
    forComparable(estimator, pairs, (answer) => {
      expectNumbers(answer)
      expect(answer.method).not.toBe('')
      expect(answer.assumptions.length).toBeGreaterThan(0)
      expect(answer.pValue).toBeGreaterThanOrEqual(0)
      expect(answer.pValue).toBeLessThanOrEqual(1)
      expect(answer.standardError).toBeGreaterThan(0)
      if (answer.pValue > 1e-300) expectClose(answer.log10PValue, Math.log10(answer.pValue), 1e-9, 1)
    })
  })

  it('only changes sign when control and treatment change places', () => {
    forComparable(estimator, pairs, (answer, control, treatment, alpha) => {
      const mirrored = computed(estimator.compare(treatment, control, { alpha }))
      const scale = answer.absolute.high - answer.absolute.low
      expectClose(mirrored.absolute.estimate, -answer.absolute.estimate, 1e-9, scale)
      expectClose(mirrored.absolute.low, -answer.absolute.high, 1e-9, scale)
      expectClose(mirrored.log10PValue, answer.log10PValue, 1e-9, 1)
    })
  })

  it('is a pure function', () => {
    forComparable(estimator, pairs, (answer, control, treatment, alpha) => {
      expect(estimator.compare(structuredClone(control), structuredClone(treatment), { alpha })).toEqual(
        answer,
      )
    })
  })

  it('finds no effect between a summary and itself', () => {
    forComparable(estimator, pairs, (_, control, _treatment, alpha) => {
      const answer = estimator.compare(control, control, { alpha })
      if (answer.status !== 'ok') return
      expect(answer.absolute.estimate).toBe(0)
      expect(answer.pValue).toBe(1)
    })
  })
}

function intervalPromises(estimator: Estimator, pairs: Pairs, duality: EstimatorCases['duality']): void {
  it('gives intervals that contain the estimate', () => {
    forComparable(estimator, pairs, ({ absolute, relative }) => {
      for (const interval of relative.status === 'ok' ? [absolute, relative] : [absolute]) {
        expect(interval.low).toBeLessThanOrEqual(interval.estimate)
        expect(interval.high).toBeGreaterThanOrEqual(interval.estimate)
        expect(interval.high).toBeGreaterThan(interval.low)
      }
    })
  })

  it('gives wider intervals for smaller error rates', () => {
    forComparable(estimator, pairs, (_, control, treatment) => {
      const widths = ALPHAS.map((alpha) => {
        const { low, high } = computed(estimator.compare(control, treatment, { alpha })).absolute
        return high - low
      })
      for (const [i, width] of widths.slice(1).entries()) expect(width).toBeGreaterThan(widths[i] as number)
    })
  })

  const title = 'has p below alpha exactly when the interval excludes 0'
  if (duality !== 'exact') {
    it.skip(`${title} (${duality.except})`)
    return
  }
  it(title, () => {
    forComparable(estimator, pairs, ({ pValue, absolute, alpha }) => {
      if (Math.abs(pValue / alpha - 1) < TOO_CLOSE) return
      expect(absolute.low > 0 || absolute.high < 0).toBe(pValue < alpha)
    })
  })
}

function scalePromise(estimator: Estimator, pairs: Pairs, scaled: EstimatorCases['scaled']): void {
  if (!scaled) {
    it.skip('does not depend on the unit of measure (values have none)')
    return
  }
  it('does not depend on the unit of measure', () => {
    const factors = fc.constantFrom(1e-100, 1e-9, 0.01, 1000, 1e9, 1e100)
    fc.assert(
      fc.property(pairs, alphas, factors, ([control, treatment], alpha, factor) => {
        const answer = estimator.compare(control, treatment, { alpha })
        if (answer.status !== 'ok') return
        const again = computed(
          estimator.compare(scaled.by(control, factor), scaled.by(treatment, factor), { alpha }),
        )
        const scale = scaled.effect === 'scales' ? factor : 1
        expectClose(again.log10PValue, answer.log10PValue, 1e-8, 1)
        expectClose(again.absolute.low, answer.absolute.low * scale, 1e-8, answer.standardError * scale)
        expect(again.relative.status).toBe(answer.relative.status)
        if (again.relative.status !== 'ok' || answer.relative.status !== 'ok') return
        expectClose(again.relative.high, answer.relative.high, 1e-8, 1)
      }),
    )
  })
}

function refusalPromises(estimator: Estimator, summaries: fc.Arbitrary<MetricSummary>): void {
  it('refuses, with a reason, where a variant has fewer than two units', () => {
    fc.assert(
      fc.property(summaries, fc.constantFrom(0, 1), fc.boolean(), (summary, units, isControl) => {
        const few = {
          units,
          mean: summary.mean,
          covariance: summary.covariance.map((row) => row.map(() => Number.NaN)),
        }
        const [control, treatment] = isControl ? [few, summary] : [summary, few]
        const answer = estimator.compare(control, treatment, { alpha: 0.05 })
        expect(answer).toMatchObject({ status: 'not-computable', reason: 'too-few-units' })
      }),
    )
  })

  it('answers garbage with a reason or with numbers, never with an exception or NaN', () => {
    const numbers = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 5e-324, 1e308, -1e308),
    )
    const vector = fc.array(numbers, { maxLength: 3 })
    const garbage = fc.oneof(
      fc.record({ units: numbers, mean: vector, covariance: fc.array(vector, { maxLength: 3 }) }),
      fc.tuple(summaries, vector).map(([summary, mean]) => ({ ...summary, mean })),
      fc.tuple(summaries, fc.array(vector)).map(([summary, covariance]) => ({ ...summary, covariance })),
      fc.tuple(summaries, numbers).map(([summary, units]) => ({ ...summary, units })),
    )
    fc.assert(
      fc.property(fc.oneof(summaries, garbage), garbage, alphas, (control, treatment, alpha) => {
        for (const pair of [
          [control, treatment],
          [treatment, control],
        ] as const) {
          const answer = estimator.compare(pair[0], pair[1], { alpha })
          if (answer.status === 'ok') expectNumbers(answer)
          else expect(answer.message).toMatch(/^[A-Z].*\.$/)
        }
      }),
      { numRuns: 500 },
    )
  })
}

type Check = (
  answer: ComputedComparison,
  control: MetricSummary,
  treatment: MetricSummary,
  alpha: number,
) => void

function forComparable(estimator: Estimator, pairs: Pairs, check: Check): void {
  fc.assert(
    fc.property(pairs, alphas, ([control, treatment], alpha) => {
      const answer = estimator.compare(control, treatment, { alpha })
      if (answer.status === 'ok') check(answer, control, treatment, alpha)
    }),
  )
}

function computed(answer: Comparison): ComputedComparison {
  if (answer.status !== 'ok') throw new Error(`${answer.reason}: ${answer.message}`)
  return answer
}

function expectNumbers(answer: ComputedComparison): void {
  const { absolute, relative, standardError, statistic, degreesOfFreedom, pValue, log10PValue } = answer
  const finite = [absolute.estimate, absolute.low, absolute.high, standardError, statistic, pValue]
  if (degreesOfFreedom !== undefined) finite.push(degreesOfFreedom)
  if (relative.status === 'ok') finite.push(relative.estimate, relative.low, relative.high)
  else expect(relative.message).not.toBe('')
  expect(finite.filter((value) => !Number.isFinite(value))).toEqual([])
  expect(log10PValue).not.toBeNaN()
  expect(log10PValue).toBeLessThanOrEqual(0)
}

/** Equal to a relative tolerance, of the larger of the value and the scale on which it is read. */
function expectClose(actual: number, expected: number, tolerance: number, scale = 0): void {
  if (actual === expected) return
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), scale))
}
