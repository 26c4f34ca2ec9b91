import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_METRICS } from './built-in-metrics.ts'
import { DAY_MILLISECONDS } from './clock.ts'
import { HeliosError } from './errors.ts'
import { AGGREGATIONS, createMetric, METRIC_KINDS, type Metric, sourcesOf } from './metric.ts'

/** The least that each kind needs. */
const LEAST = {
  mean: { key: 'm', kind: 'mean' },
  proportion: { key: 'm', kind: 'proportion' },
  count: { key: 'm', kind: 'count' },
  ratio: { key: 'm', kind: 'ratio', numerator: 'a', denominator: 'b' },
  quantile: { key: 'm', kind: 'quantile', quantile: 0.9 },
  retention: { key: 'm', kind: 'retention', retention: { fromDay: 1, toDay: 7 } },
} as const
type Kind = keyof typeof LEAST

function problemOf(input: unknown): string {
  try {
    createMetric(input)
  } catch (error) {
    expect(error).toMatchObject({ code: 'HEL_METRIC_INVALID' })
    return (error as HeliosError).message
  }
  throw new Error('It was taken')
}

describe('a metric of few words', () => {
  it.each([
    ['mean', 'sum', 'zero'],
    ['proportion', 'any', 'zero'],
    ['count', 'sum', 'zero'],
    ['ratio', 'sum', 'zero'],
    ['quantile', 'sum', 'zero'],
    ['retention', 'any', 'zero'],
  ] as const)('of kind %s aggregates by %s, and nothing is %s', (kind, aggregation, missing) => {
    expect(createMetric(LEAST[kind])).toMatchObject({
      aggregation,
      missing,
      direction: 'increase',
      builtIn: false,
    })
  })

  it.each(AGGREGATIONS)(
    'aggregated by %s leaves units without outcomes out only where there is no value',
    (aggregation) => {
      const { missing } = createMetric({ ...LEAST.mean, aggregation })
      expect(missing).toBe(['mean', 'minimum', 'maximum', 'last'].includes(aggregation) ? 'exclude' : 'zero')
      expect(createMetric({ ...LEAST.mean, aggregation, missing: 'zero' }).missing).toBe('zero')
    },
  )

  it('reads outcomes under its own key, and is named after it', () => {
    const metric = createMetric({ key: 'time_to.first-reply', kind: 'mean' })
    expect(metric).toMatchObject({ name: 'Time to first reply', description: '', denominator: [] })
    expect(metric.terms).toEqual([{ source: 'time_to.first-reply', weight: 1 }])
    expect(sourcesOf(metric)).toEqual(['time_to.first-reply'])
  })

  it('counts from the exposure on, without end unless it is given one', () => {
    expect(createMetric(LEAST.mean).fromMilliseconds).toBe(0)
    expect(createMetric(LEAST.mean)).not.toHaveProperty('toMilliseconds')
    expect(createMetric({ ...LEAST.mean, windowDays: 1.5 }).toMilliseconds).toBe(1.5 * DAY_MILLISECONDS)
  })

  it('of kind retention counts between its days, and only once they have passed', () => {
    expect(createMetric(LEAST.retention)).toMatchObject({
      fromMilliseconds: DAY_MILLISECONDS,
      toMilliseconds: 7 * DAY_MILLISECONDS,
      matured: true,
    })
    expect(createMetric(LEAST.mean).matured).toBe(false)
  })

  it('keeps what it was told', () => {
    const told = {
      direction: 'decrease',
      cap: 5,
      range: { minimum: -1, maximum: 9 },
      covariateDays: 14,
      unitOfMeasure: 's',
      name: 'Wait',
      description: 'Seconds',
      missing: 'exclude',
    } as const
    expect(createMetric({ ...LEAST.mean, ...told })).toMatchObject(told)
  })

  it('lists each source of a ratio once', () => {
    const numerator = [
      { source: 'revenue', weight: 1 },
      { source: 'cost', weight: -1 },
    ]
    expect(sourcesOf(createMetric({ key: 'roi', kind: 'ratio', numerator, denominator: 'cost' }))).toEqual([
      'revenue',
      'cost',
    ])
  })
})

describe('an inconsistent metric', () => {
  const others = (...kinds: Kind[]) => (Object.keys(LEAST) as Kind[]).filter((kind) => !kinds.includes(kind))
  const without = (kind: Kind, field: string) =>
    Object.fromEntries(Object.entries(LEAST[kind]).filter(([name]) => name !== field))
  const cases: [what: string, input: object, problem: RegExp][] = [
    ...others('ratio').flatMap((kind): [string, object, RegExp][] => [
      [`${kind} with a numerator`, { ...LEAST[kind], numerator: 'a' }, /numerator/],
      [`${kind} with a denominator`, { ...LEAST[kind], denominator: 'a' }, /denominator/],
    ]),
    ...others('quantile').map((kind): [string, object, RegExp] => [
      `${kind} with a quantile`,
      { ...LEAST[kind], quantile: 0.5 },
      /quantile/,
    ]),
    ...others('retention').flatMap((kind): [string, object, RegExp][] => [
      [`${kind} with retention days`, { ...LEAST[kind], retention: { fromDay: 0, toDay: 1 } }, /retention/],
      [`${kind} of any outcome`, { ...LEAST[kind], source: '*' }, /source|any outcome/],
    ]),
    ...(['proportion', 'retention'] as const).flatMap((kind): [string, object, RegExp][] => [
      ...AGGREGATIONS.filter((each) => each !== 'any').map((aggregation): [string, object, RegExp] => [
        `${kind} by ${aggregation}`,
        { ...LEAST[kind], aggregation },
        /aggregates by "any"/,
      ]),
      [`${kind} that leaves units out`, { ...LEAST[kind], missing: 'exclude' }, /is a zero/],
    ]),
    ...(['mean', 'any', 'minimum', 'maximum', 'last'] as const).map(
      (aggregation): [string, object, RegExp] => [
        `ratio by ${aggregation}`,
        { ...LEAST.ratio, aggregation },
        /sum or count/,
      ],
    ),
    ['ratio without a numerator', without('ratio', 'numerator'), /numerator/],
    ['ratio without a denominator', without('ratio', 'denominator'), /denominator/],
    ['ratio with a source', { ...LEAST.ratio, source: 'a' }, /not a source/],
    ['quantile without one', without('quantile', 'quantile'), /quantile/],
    ['retention without days', without('retention', 'retention'), /retention/],
    ['retention with a window', { ...LEAST.retention, windowDays: 3 }, /windowDays/],
    [
      'retention that ends as it begins',
      { ...LEAST.retention, retention: { fromDay: 2, toDay: 2 } },
      /fromDay must come before/,
    ],
    ['an empty range', { ...LEAST.mean, range: { minimum: 1, maximum: 1 } }, /minimum must be below/],
    ['a quantile of 1', { ...LEAST.quantile, quantile: 1 }, /quantile/],
    ['a window of no time', { ...LEAST.mean, windowDays: 0 }, /windowDays/],
    ['a covariate of no time', { ...LEAST.mean, covariateDays: -1 }, /covariateDays/],
    ['a sum of nothing', { ...LEAST.ratio, numerator: [] }, /numerator/],
    [
      'a weight whose squares overflow',
      { ...LEAST.ratio, numerator: [{ source: 'a', weight: 1e300 }] },
      /numerator/,
    ],
    ['an unknown kind', { key: 'm', kind: 'median' }, /kind/],
    ['an unknown field', { ...LEAST.mean, windowdays: 3 }, /windowdays/],
    ['no key', { kind: 'mean' }, /lacks key/],
    ['a key in capitals', { ...LEAST.mean, key: 'Spend' }, /key/],
    ['a key that is too long', { ...LEAST.mean, key: 'x'.repeat(65) }, /key/],
  ]

  it.each(cases)('is refused: %s', (_, input, problem) => {
    expect(problemOf(input)).toMatch(problem)
  })
})

describe('a hostile definition', () => {
  const cycle: Record<string, unknown> = { ...LEAST.mean }
  cycle['range'] = cycle
  it.each([
    ['null', null],
    ['nothing', undefined],
    ['an array', [LEAST.mean]],
    ['a number', 7],
    ['a text', 'mean'],
    ['a function', () => LEAST.mean],
    ['a date', new Date(0)],
    ['NaN', { ...LEAST.mean, cap: Number.NaN }],
    ['Infinity', { ...LEAST.mean, cap: Number.POSITIVE_INFINITY }],
    ['a bigint', { ...LEAST.mean, cap: 1n }],
    ['a cycle', cycle],
    ['__proto__', JSON.parse('{"key":"m","kind":"mean","__proto__":{"cap":1}}')],
    ['constructor', { ...LEAST.mean, constructor: 'x' }],
    ['an inherited kind', Object.assign(Object.create({ kind: 'mean' }), { key: 'm' })],
    ['100,000 levels', { ...LEAST.mean, range: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) }],
    ['a description of a million characters', { ...LEAST.mean, description: 'x'.repeat(1_000_000) }],
    ['a key of a million characters', { ...LEAST.mean, key: 'x'.repeat(1_000_000) }],
    ['a field named by a million characters', { ...LEAST.mean, ['x'.repeat(1_000_000)]: 1 }],
  ])('is refused in few words: %s', (_, input) => {
    expect(problemOf(input).length).toBeLessThan(1100)
  })

  it('of any shape is either taken or refused as what it is', () => {
    const fields = [
      'key',
      'kind',
      'source',
      'aggregation',
      'numerator',
      'range',
      'retention',
      'quantile',
      'missing',
      'cap',
    ]
    const value = fc.oneof(fc.anything(), fc.constantFrom('m', 'a', ...METRIC_KINDS, ...AGGREGATIONS))
    const entries = fc.dictionary(fc.constantFrom(...fields), value)
    fc.assert(
      fc.property(fc.oneof(entries, fc.anything()), (input) => {
        let metric: Metric
        try {
          metric = createMetric(input)
        } catch (error) {
          return error instanceof HeliosError && error.code === 'HEL_METRIC_INVALID'
        }
        return JSON.stringify(JSON.parse(JSON.stringify(metric))) === JSON.stringify(metric)
      }),
      { numRuns: 500 },
    )
  })

  it('changed after it was taken changes nothing', () => {
    const numerator = [{ source: 'a', weight: 1 }]
    const metric = createMetric({ ...LEAST.ratio, numerator })
    numerator[0] = { source: 'b', weight: 2 }
    expect(metric.terms).toEqual([{ source: 'a', weight: 1 }])
  })
})

describe('the built-in metrics', () => {
  const byKey = new Map(BUILT_IN_METRICS.map((metric) => [metric.key, metric]))

  it('are marked as such and appear once', () => {
    expect(BUILT_IN_METRICS.every((metric) => metric.builtIn)).toBe(true)
    expect(byKey.size).toBe(BUILT_IN_METRICS.length)
    expect(BUILT_IN_METRICS.every((metric) => metric.description.length > 0)).toBe(true)
  })

  it.each([
    ['engagement_rate', 'mean', 'increase'],
    ['conversation_length', 'mean', 'increase'],
    ['response_time', 'mean', 'decrease'],
    ['sentiment_score', 'mean', 'increase'],
    ['satisfaction_rating', 'mean', 'increase'],
    ['retention_rate', 'retention', 'increase'],
    ['impressions', 'count', 'increase'],
    ['clicks', 'count', 'increase'],
    ['conversions', 'count', 'increase'],
    ['revenue', 'mean', 'increase'],
    ['cost', 'mean', 'decrease'],
  ])('have %s, a %s to %s', (key, kind, direction) => {
    expect(byKey.get(key)).toMatchObject({ kind, direction })
  })

  it.each([
    ['click_through_rate', ['clicks'], ['impressions'], 'increase'],
    ['conversion_rate', ['conversions'], ['clicks'], 'increase'],
    ['open_rate', ['opens'], ['sends'], 'increase'],
    ['cost_per_click', ['cost'], ['clicks'], 'decrease'],
    ['cost_per_acquisition', ['cost'], ['conversions'], 'decrease'],
    ['return_on_investment', ['revenue', 'cost'], ['cost'], 'increase'],
  ])('have %s, %j over %j', (key, above, below, direction) => {
    const metric = byKey.get(key)
    expect(metric).toMatchObject({ kind: 'ratio', direction })
    expect(metric?.terms.map(({ source }) => source)).toEqual(above)
    expect(metric?.denominator.map(({ source }) => source)).toEqual(below)
  })

  it('take return on investment as (revenue - cost) / cost', () => {
    expect(byKey.get('return_on_investment')?.terms).toEqual([
      { source: 'revenue', weight: 1 },
      { source: 'cost', weight: -1 },
    ])
  })

  it('read only outcomes that some built-in metric takes under its own name', () => {
    const sources = BUILT_IN_METRICS.flatMap(sourcesOf).filter((source) => source !== '*')
    for (const source of sources) expect(sourcesOf(byKey.get(source) as Metric)).toEqual([source])
  })
})
