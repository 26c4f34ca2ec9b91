import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison, ComputedComparison } from '../estimator.ts'
import type { Sample, SampleTest, SampleTestSettings } from '../sample-test.ts'

/** What the suite needs to know of a test. */
export interface SampleTestCases {
  /** Samples that can be compared, as real data would give them. */
  readonly samples: fc.Arbitrary<Sample>
  /** Whether p < alpha exactly when the absolute interval excludes 0; if not, why not. */
  readonly duality: 'exact' | { readonly except: string }
  /** Whether the answer changes only its sign when the samples change places; if not, why not. */
  readonly symmetry: 'exact' | { readonly except: string }
  /** Whether the order of the units says nothing; if not, why not. */
  readonly order: 'ignored' | { readonly except: string }
  /** Besides alpha and seed. */
  readonly settings?: Partial<SampleTestSettings>
}

const ALPHAS = [0.2, 0.05, 0.01]
const RUNS = { numRuns: 40, seed: 11 }
/** Distance between p and alpha below which rounding may decide on which side p falls. */
const TOO_CLOSE = 1e-9

/** What every test of samples promises. */
export function sampleTestSuite(test: SampleTest, cases: SampleTestCases): void {
  const settings = (alpha: number) => ({ alpha, seed: 5, ...cases.settings })
  const pairs = fc.tuple(cases.samples, cases.samples)
  const forComparable = (check: (answer: ComputedComparison, a: Sample, b: Sample, alpha: number) => void) =>
    fc.assert(
      fc.property(pairs, fc.constantFrom(...ALPHAS), ([control, treatment], alpha) => {
        const answer = test.compare(control, treatment, settings(alpha))
        if (answer.status === 'ok') check(answer, control, treatment, alpha)
      }),
      RUNS,
    )

  describe(`sample test: ${test.name}`, () => {
    it('has a name and the kinds of metrics that it compares', () => {
      expect(test.name).toMatch(/^[a-z][a-z-]*$/)
      expect(test.metricKinds.length).toBeGreaterThan(0)
    })

    it('answers most of the comparable samples', () => {
      const answers = fc.sample(pairs, { numRuns: 50, seed: 3 })
      const computed = answers.filter(([a, b]) => test.compare(a, b, settings(0.05)).status === 'ok')
      expect(computed.length).toBeGreaterThan(25)
    })

    it('holds numbers that mean something, intervals about the estimate, and says how they were obtained', () => {
      forComparable((answer) => {
        const { absolute, relative, standardError, pValue, log10PValue, method, assumptions } = answer
        expect(standardError).toBeGreaterThan(0)
        expect(pValue).toBeGreaterThanOrEqual(0)
        expect(pValue).toBeLessThanOrEqual(1)
        if (pValue > 1e-300) expect(Math.abs(log10PValue - Math.log10(pValue))).toBeLessThan(1e-9)
        for (const { low, estimate, high } of relative.status === 'ok' ? [absolute, relative] : [absolute]) {
          expect(low).toBeLessThanOrEqual(estimate)
          expect(high).toBeGreaterThanOrEqual(estimate)
        }
        expect(method).not.toBe('')
        expect(assumptions.length).toBeGreaterThan(0)
      })
    })

    it('is a pure function that leaves its arguments alone', () => {
      forComparable((answer, control, treatment, alpha) => {
        const copies = [structuredClone(control), structuredClone(treatment)] as const
        expect(test.compare(copies[0], copies[1], settings(alpha))).toEqual(answer)
        expect(copies).toEqual([control, treatment])
      })
    })

    it('finds no effect between a sample and itself', () => {
      forComparable((_, control) => {
        const answer = test.compare(control, control, settings(0.05))
        if (answer.status !== 'ok') return
        expect(Math.abs(answer.absolute.estimate)).toBeLessThan(1e-9 * (1 + answer.standardError))
        expect(answer.pValue).toBeGreaterThan(0.999)
      })
    })

    it('refuses, with a reason, where a sample has fewer than two units', () => {
      fc.assert(
        fc.property(cases.samples, fc.constantFrom(0, 1), fc.boolean(), (sample, units, isControl) => {
          const few = shortened(sample, units)
          const [control, treatment] = isControl ? [few, sample] : [sample, few]
          expect(test.compare(control, treatment, settings(0.05))).toMatchObject({
            status: 'not-computable',
            reason: 'too-few-units',
          })
        }),
        RUNS,
      )
    })

    it('answers garbage with a reason or with numbers, never with an exception or NaN', () => {
      const garbage = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1e308, 5e-324, 0)
      fc.assert(
        fc.property(pairs, garbage, fc.nat(), ([control, treatment], value, place) => {
          const spoilt = structuredClone(treatment)
          spoilt.values[place % Math.max(1, spoilt.values.length)] = value
          expectSensible(test.compare(control, spoilt, settings(0.05)))
          const alike = { ...treatment, values: treatment.values.map(() => 0) }
          expectSensible(
            test.compare({ ...control, values: control.values.map(() => 0) }, alike, settings(0.05)),
          )
        }),
        RUNS,
      )
    })

    when('changes only its sign when control and treatment change places', cases.symmetry, 'exact', () => {
      forComparable((answer, control, treatment, alpha) => {
        const mirrored = test.compare(treatment, control, settings(alpha))
        if (mirrored.status !== 'ok') throw new Error('the mirrored comparison was refused')
        const scale = answer.absolute.high - answer.absolute.low
        expect(Math.abs(mirrored.absolute.estimate + answer.absolute.estimate)).toBeLessThan(1e-9 * scale)
        expect(Math.abs(mirrored.absolute.low + answer.absolute.high)).toBeLessThan(1e-8 * scale)
        expect(Math.abs(mirrored.log10PValue - answer.log10PValue)).toBeLessThan(1e-7)
      })
    })

    when('does not look at the order of the units', cases.order, 'ignored', () => {
      forComparable((answer, control, treatment, alpha) => {
        const again = test.compare(reversed(control), reversed(treatment), settings(alpha))
        if (again.status !== 'ok') throw new Error('the reversed comparison was refused')
        const scale = answer.absolute.high - answer.absolute.low
        expect(Math.abs(again.absolute.low - answer.absolute.low)).toBeLessThan(1e-8 * scale)
        expect(Math.abs(again.log10PValue - answer.log10PValue)).toBeLessThan(1e-7)
      })
    })

    when('has p below alpha exactly when the interval excludes 0', cases.duality, 'exact', () => {
      forComparable(({ pValue, absolute }, _control, _treatment, alpha) => {
        if (Math.abs(pValue / alpha - 1) < TOO_CLOSE) return
        expect(absolute.low > 0 || absolute.high < 0).toBe(pValue < alpha)
      })
    })
  })
}

function when(
  title: string,
  promise: string | { readonly except: string },
  kept: string,
  check: () => void,
): void {
  if (typeof promise === 'string' && promise === kept) it(title, check)
  else it.skip(`${title} (${typeof promise === 'string' ? promise : promise.except})`)
}

function expectSensible(answer: Comparison): void {
  if (answer.status !== 'ok') {
    expect(answer.message).toMatch(/^[A-Z].*\.$/)
    return
  }
  const { absolute, standardError, statistic, pValue } = answer
  for (const number of [absolute.low, absolute.estimate, absolute.high, standardError, statistic, pValue])
    expect(Number.isFinite(number)).toBe(true)
}

function shortened(sample: Sample, units: number): Sample {
  return mapped(sample, (column) => column.slice(0, units) as typeof column)
}

function reversed(sample: Sample): Sample {
  return mapped(sample, (column) => column.slice().reverse() as typeof column)
}

function mapped(sample: Sample, change: <T extends Float64Array | Uint32Array>(column: T) => T): Sample {
  const { values, denominators, covariates, strata } = sample
  return {
    values: change(values),
    ...(denominators ? { denominators: change(denominators) } : {}),
    covariates: covariates.map((column) => change(column)),
    ...(strata ? { strata: change(strata) } : {}),
  }
}
