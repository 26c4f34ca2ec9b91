import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGGREGATIONS, createMetric, METRIC_KINDS } from '../../../../../engine/src/metric.ts'
import { RefusedError } from '../../../api/request.ts'
import { metricInWords } from '../metric-in-words.ts'
import { EMPTY_DRAFT, inputOf, type MetricDraft, previewOf, readsItself } from './metric-draft.ts'
import { problemsOf, problemsOfRefusal } from './metric-problems.ts'

const sometimes = <T>(value: fc.Arbitrary<T>) => fc.oneof(fc.constant('' as const), value)
/** Mostly right, so that whole drafts often are. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 14, arbitrary: right }, { weight: 1, arbitrary: wrong })
const source = mostly(fc.constantFrom('revenue', 'cost'), fc.constantFrom('', 'Not a key', '*'))
const amount = mostly<number | string>(
  fc.oneof(fc.constantFrom(0.5, 0.25), fc.double({ noNaN: true, min: 1e-3, max: 0.999 })),
  fc.oneof(
    fc.constantFrom<number | string>('', '-', 'x', 0, 1, -1, 7, 3651, 1e10, Number.NaN),
    fc.double({ noNaN: true, min: -1e4, max: 1e4 }),
  ),
)
const terms = fc.array(fc.record({ source, weight: amount }), { minLength: 1, maxLength: 3 })

const drafts: fc.Arbitrary<MetricDraft> = fc.record({
  key: mostly(fc.constantFrom('value', 'revenue'), fc.constantFrom('', 'Value', 'a'.repeat(65))),
  name: fc.constantFrom('', ' ', 'Value'),
  description: fc.constantFrom('', 'What it is'),
  kind: fc.constantFrom(...METRIC_KINDS),
  direction: fc.constantFrom('increase' as const, 'decrease' as const),
  source,
  anyOutcome: fc.boolean(),
  aggregation: fc.constantFrom(...AGGREGATIONS),
  numerator: terms,
  denominator: terms,
  quantile: amount,
  windowDays: amount,
  fromDay: amount,
  toDay: fc.oneof(amount, fc.integer({ min: 1, max: 90 })),
  cap: amount,
  minimum: amount,
  maximum: fc.oneof(amount, fc.integer({ min: 1, max: 90 })),
  missing: fc.constantFrom('default' as const, 'zero' as const, 'exclude' as const),
  covariateDays: amount,
  unitOfMeasure: sometimes(fc.constant('s')),
  why: fc.constant(''),
})

const accepted = (input: unknown): ReturnType<typeof createMetric> | undefined => {
  try {
    return createMetric(input)
  } catch {
    return undefined
  }
}

describe('a draft of a metric', () => {
  it('has problems exactly when the engine refuses it', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const isFine = Object.keys(problemsOf(draft)).length === 0
        expect(accepted(inputOf(draft)) !== undefined).toBe(isFine)
      }),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('is previewed in the words of the metric that the engine makes of it', () => {
    let compared = 0
    fc.assert(
      fc.property(drafts, (draft) => {
        const metric = accepted(inputOf(draft))
        if (metric === undefined) return
        compared++
        expect(metricInWords(previewOf(draft))).toBe(metricInWords(metric))
      }),
      { numRuns: 3000, seed: 2 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  it('shows gaps while it is empty', () => {
    expect(metricInWords(previewOf(EMPTY_DRAFT))).toBe('Sum of … per unit; units without any count as zero')
    expect(metricInWords(previewOf({ ...EMPTY_DRAFT, kind: 'ratio' }))).toContain(
      'Sum of … divided by the sum of …',
    )
  })

  it('sends nothing that was left empty or belongs to another kind', () => {
    const draft = { ...EMPTY_DRAFT, key: 'orders', quantile: 0.9, numerator: [{ source: 'x', weight: 2 }] }
    expect(inputOf(draft)).toEqual({ key: 'orders', kind: 'mean', direction: 'increase', aggregation: 'sum' })
    expect(
      inputOf({ ...draft, kind: 'ratio', denominator: [{ source: 'visits', weight: 1 }] }),
    ).toMatchObject({
      numerator: [{ source: 'x', weight: 2 }],
      denominator: 'visits',
    })
  })

  it('keeps a range only while outcomes arrive under its own key', () => {
    const ranged = { ...EMPTY_DRAFT, key: 'rating', minimum: 0, maximum: 1 }
    expect(inputOf(ranged)).toMatchObject({ range: { minimum: 0, maximum: 1 } })
    expect(readsItself({ ...ranged, source: 'rating' })).toBe(true)
    expect(inputOf({ ...ranged, source: 'stars' })).not.toHaveProperty('range')
  })
})

describe('a refusal by the server', () => {
  const refusal = (code: string, pointers: readonly string[] = []) =>
    new RefusedError({
      type: 'about:blank',
      title: 'Refused',
      status: 400,
      code,
      errors: pointers.map((pointer) => ({ pointer, message: `about ${pointer}` })),
    })

  it('is shown at the fields it names', () => {
    const pointers = ['/cap', '/retention/toDay', '/range', '/numerator/1/weight', '', '/nothing']
    expect(problemsOfRefusal(refusal('HEL_REQUEST_INVALID', pointers), EMPTY_DRAFT)).toEqual({
      cap: 'about /cap',
      toDay: 'about /retention/toDay',
      maximum: 'about /range',
      numerator: 'about /numerator/1/weight',
    })
  })

  it('says that a key is taken where the key is typed', () => {
    expect(problemsOfRefusal(refusal('HEL_METRIC_EXISTS'), EMPTY_DRAFT)).toHaveProperty('key')
    expect(problemsOfRefusal(new Error('away'), EMPTY_DRAFT)).toEqual({})
  })
})
