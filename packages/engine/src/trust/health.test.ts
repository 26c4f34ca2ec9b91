import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence, HealthPart } from './evidence.ts'
import { scoreOfP } from './health/score.ts'
import { healthOf, trustworthiness } from './health.ts'
import { comparison, type EvidenceChanges, evidenceOf, metric, withoutSchedule } from './testing.ts'

function part(check: HealthPart['check'], of: EvidenceChanges | Evidence): HealthPart | undefined {
  const evidence = 'shares' in of ? of : evidenceOf(of)
  return healthOf(evidence).parts.find((each) => each.check === check)
}

/** Narrow spaces as ones that can be typed. */
function saying(check: HealthPart['check'], of: EvidenceChanges | Evidence): string | undefined {
  return part(check, of)?.message.replaceAll('\u202f', ' ')
}

const score = (check: HealthPart['check'], of: EvidenceChanges | Evidence) =>
  part(check, of)?.score ?? Number.NaN

function strataOf(...days: (readonly [day: string, a: number, b: number])[]): EvidenceChanges {
  const strata = [
    {
      name: 'day',
      strata: days.length,
      pValue: 1e-8,
      statistic: 1,
      degreesOfFreedom: days.length - 1,
      worst: days.map(([stratum, A, B]) => ({ stratum, counts: { A, B }, pValue: 3e-9 })),
    },
  ]
  const { sampleRatio } = evidenceOf().analysis
  return { analysis: { sampleRatio: { ...sampleRatio, strata } } }
}

/** Monotone: what is worse never scores more. */
function expectFalling(scores: readonly number[]): void {
  expect(scores.every(Number.isFinite)).toBe(true)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
}

describe('health', () => {
  it('of a sound experiment is complete', () => {
    const { score: all, parts } = healthOf(evidenceOf({ minimumSample: 4000 }))
    expect(all).toBe(1)
    expect(parts.map(({ check }) => check)).toEqual([
      'sample-ratio',
      'sample-ratio-sequential',
      'crossover',
      'validity',
      'plausibility',
      'sample-size',
      'duration',
    ])
  })

  it('is the product of what each check leaves; guardrails do not make numbers less true', () => {
    const guardrail = { verdict: 'harmed', margin: 0.05, pValue: 1 } as const
    const metrics = {
      purchase: metric({ B: comparison(0.03, 0.01) }),
      latency: metric({ B: comparison(-0.2, 0.01, { guardrail }) }, { role: 'guardrail' }),
    }
    const found = healthOf(evidenceOf({ metrics, days: 3.5 }))
    expect(found.score).toBeCloseTo(0.5 * 0.25, 12)
    expect(trustworthiness(found)).toBeCloseTo(0.5, 12)
  })

  it('judges only what can be judged', () => {
    const nothing = healthOf(withoutSchedule(evidenceOf({ metrics: {}, counts: { A: 0, B: 0 } })))
    expect(nothing).toEqual({ score: 1, parts: [] })
    const file = healthOf(withoutSchedule(evidenceOf())).parts.map(({ check }) => check)
    expect(file).not.toContain('duration')
    expect(file).not.toContain('sample-size')
  })
})

describe('the score of a p-value', () => {
  it.each([
    [1, 0.001, 1],
    [0.05, 0.001, 1],
    [0.001, 0.001, 0],
    [0, 0, 0],
    [0.2, 0.3, 0],
    [0.4, 0.3, 1],
    [Math.sqrt(0.05 * 0.001), 0.001, 0.5],
  ])('%s with alpha %s is %s', (p, alpha, expected) => {
    expect(scoreOfP(p, alpha)).toBeCloseTo(expected, 12)
  })

  it('lies in [0, 1] and does not fall as p grows', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(probability, probability, fc.double({ min: 0, max: 0.5, noNaN: true }), (p, q, alpha) => {
        const [low, high] = [scoreOfP(Math.min(p, q), alpha), scoreOfP(Math.max(p, q), alpha)]
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(high)
      }),
      { seed: 3 },
    )
  })
})

describe('the sample ratio', () => {
  it('names who has too many', () => {
    expect(saying('sample-ratio', { counts: { A: 5000, B: 5600 } })).toBe(
      'B has 5.7 % more units than it should (5,600 where 5,300 were due; p = 6e−9).',
    )
    expect(saying('sample-ratio', { counts: { A: 5000, B: 5000, C: 4000 } })).toMatch(
      /^C has 14 % fewer units/,
    )
    expect(saying('sample-ratio', { counts: { A: 500, B: 500, C: 7 }, expected: { A: 1, B: 1, C: 0 } })).toBe(
      'C has 7 units where none were due (p < 1e−300).',
    )
    expect(saying('sample-ratio', { counts: { A: 5000, B: 5001 } })).toMatch(/^The variants have the units/)
  })

  it('scores the less the more units are lost, and nothing from where it is refused', () => {
    const losses = [0, 50, 150, 200, 250, 300, 2000].map((lost) => ({ counts: { A: 5000, B: 5000 - lost } }))
    const scores = losses.map((changes) => score('sample-ratio', changes))
    expectFalling(scores)
    expect([scores[0], scores.at(-1)]).toEqual([1, 0])
    const sequential = losses.map((changes) => score('sample-ratio-sequential', changes))
    expectFalling(sequential)
    expect([sequential[0], sequential.at(-1)]).toEqual([1, 0])
  })

  it('asked at every look is slower to doubt than asked once', () => {
    const changes = { counts: { A: 5000, B: 5240 } }
    expect(score('sample-ratio', changes)).toBeLessThan(score('sample-ratio-sequential', changes))
  })

  it('is not asked in sequence where the shares were changed', () => {
    const warnings = [{ code: 'allocation-changed', message: '' }] as const
    expect(part('sample-ratio-sequential', { analysis: { warnings } })).toBeUndefined()
  })
})

describe('the stability of the allocation', () => {
  it('names the worst day', () => {
    expect(
      saying('allocation-stability', strataOf(['2026-03-04', 900, 1100], ['2026-03-05', 1000, 1000])),
    ).toBe(
      'The shares of the variants differ from day to day (p = 1e−8). On 2026-03-04 B has 10 % more units than by its share overall (1,100 where 1,000 were due; p = 3e−9).',
    )
  })

  it('is doubted less where many things are looked at', () => {
    const { sampleRatio } = evidenceOf().analysis
    const check = { name: 'day', strata: 2, statistic: 1, degreesOfFreedom: 1, worst: [] }
    const scores = [10, 3, 1].map((checks) => {
      const strata = Array.from({ length: checks }, (_, i) => ({ ...check, pValue: i === 0 ? 0.004 : 0.5 }))
      return score('allocation-stability', { analysis: { sampleRatio: { ...sampleRatio, strata } } })
    })
    expectFalling(scores)
    expect(scores[2]).toBeLessThan(scores[0] as number)
    const unknown = [{ ...check, pValue: Number.NaN }]
    expect(
      part('allocation-stability', { analysis: { sampleRatio: { ...sampleRatio, strata: unknown } } }),
    ).toBeUndefined()
  })

  it('says where else than on a day', () => {
    const changes = strataOf(['CH', 900, 1100])
    const sampleRatio = changes.analysis?.sampleRatio
    const strata = sampleRatio?.strata?.map((check) => ({ ...check, name: 'country' })) ?? []
    const analysis = sampleRatio ? { sampleRatio: { ...sampleRatio, strata } } : {}
    expect(saying('allocation-stability', { analysis })).toMatch(
      /differ between values of country .* Where country is CH B has 10 % more/,
    )
  })
})

describe('crossover', () => {
  it('costs the square of how near the limit is', () => {
    const scores = [0, 0.002, 0.005, 0.01, 0.5].map((share) =>
      score('crossover', { analysis: { crossover: { units: share * 10_000, share } } }),
    )
    expectFalling(scores)
    expect(scores.map((each) => Math.round(each * 100))).toEqual([100, 96, 75, 0, 0])
    expect(saying('crossover', { analysis: { crossover: { units: 50, share: 0.005 } } })).toBe(
      '50 units (0.5 %) were seen in more than one variant; the limit is 1 %.',
    )
  })
})

describe('sample and duration', () => {
  it('count what is there against what was planned', () => {
    expect(part('sample-size', { minimumSample: 20_000 })).toMatchObject({ score: 0.5 })
    expect(saying('sample-size', { minimumSample: 20_000 })).toBe(
      'The smallest variant, A, has 5,000 of the 20,000 units it was planned to have.',
    )
    expect(part('sample-size', { minimumSample: 5000 })?.score).toBe(1)
  })

  it('hold a group-sequential test against its first look', () => {
    const settings = { method: 'group-sequential', looks: 5 } as const
    expect(score('sample-size', { minimumSample: 25_000, settings })).toBe(1)
    expect(score('sample-size', { minimumSample: 100_000, settings })).toBe(0.5)
  })

  it('want whole weeks', () => {
    expect(score('duration', { days: 3.5 })).toBe(0.5)
    expect(score('duration', { days: 14 })).toBe(1)
    expect(score('duration', { days: 14.01 })).toBe(1)
    expect(score('duration', { days: 10.5 })).toBeCloseTo(1 - 0.2 / 3, 12)
    expect(saying('duration', { days: 10.5 })).toMatch(/no whole weeks/)
    // Early in the third week it matters less than early in the second.
    expectFalling([17, 10].map((days) => score('duration', { days })))
    expectFalling([7, 5, 3, 0].map((days) => score('duration', { days })))
    expect(part('duration', { settings: { minimumDurationDays: 0 } })).toBeUndefined()
  })
})

describe('plausibility', () => {
  it("holds what an effect is at least against what was expected (Twyman's law)", () => {
    const scores = [0.03, 0.5, 0.7, 0.9, 5].map((effect) =>
      score('plausibility', { metrics: { purchase: metric({ B: comparison(effect, 0.01) }) } }),
    )
    expectFalling(scores)
    expect([scores[0], scores[1], scores.at(-1)]).toEqual([1, 1, 0.25])
  })

  it('does not mind a large estimate that is not known well', () => {
    const metrics = { purchase: metric({ B: comparison(2, 1) }) }
    expect(score('plausibility', { metrics })).toBe(1)
  })

  it('finds what is too bad as well, in either direction', () => {
    for (const direction of ['increase', 'decrease'] as const) {
      const metrics = { purchase: metric({ B: comparison(-0.97, 0.005) }, { direction }) }
      expect(score('plausibility', { metrics })).toBeLessThan(0.5)
      expect(saying('plausibility', { metrics })).toMatch(/^The effect of B on purchase, −97\.0 %/)
    }
  })
})

describe('validity', () => {
  it('minds a fixed-horizon test that is looked at before its end', () => {
    const settings = { method: 'fixed-horizon' } as const
    expect(score('validity', { settings })).toBe(0.25)
    expect(score('validity', { settings, minimumSample: 10_000 })).toBe(0.25)
    expect(score('validity', { settings, minimumSample: 5000 })).toBe(1)
    expect(score('validity', { settings, schedule: { isOpen: false } })).toBe(1)
    expect(score('validity', withoutSchedule(evidenceOf({ settings })))).toBe(1)
    expect(score('validity', {})).toBe(1)
  })

  it('minds small counts', () => {
    const rates = (n: number, mean: number) => ({
      purchase: metric(
        { B: comparison(0.03, 0.01) },
        {
          kind: 'proportion',
          variants: { A: { n: 5000, mean: 0.5, variance: 0.25 }, B: { n, mean, variance: 0.1 } },
        },
      ),
    })
    expect(score('validity', { metrics: rates(1000, 0.01) })).toBe(1)
    expect(score('validity', { metrics: rates(1000, 0.005) })).toBe(0.5)
    expect(score('validity', { metrics: rates(1000, 0.995) })).toBe(0.5)
    expect(score('validity', { metrics: rates(0, Number.NaN) })).toBe(0)
    expect(saying('validity', { metrics: rates(1000, 0.005) })).toBe(
      'B has 5 successes on purchase; always-valid needs about 10.',
    )
    const settings = { method: 'fixed-horizon' } as const
    const schedule = { isOpen: false }
    const exact = { B: comparison(0.03, 0.01, { method: "Fisher's exact p" }) }
    const metrics = { purchase: { ...rates(1000, 0.005).purchase, comparisons: exact } }
    expect(score('validity', { metrics, settings, schedule })).toBe(1)
  })

  it('wants some units for a mean', () => {
    const summary = { mean: 10, variance: 1 }
    const variants = { A: { n: 15, ...summary }, B: { n: 25, ...summary } }
    const metrics = { purchase: metric({ B: comparison(0.03, 0.01) }, { variants }) }
    expect(saying('validity', { metrics })).toBe('A has 15 units on purchase; always-valid needs about 30.')
    expect(score('validity', { metrics })).toBe(0.5)
  })
})

describe('a closer look', () => {
  const trend = (pValue: number, slope = -0.02) => ({
    novelty: { B: { days: 14, slope, standardError: 0.001, pValue } },
    weekday: {},
    outliers: [],
  })
  const pattern = (pValue: number) => ({
    novelty: {},
    weekday: { B: { weekdays: 7, statistic: 1, degreesOfFreedom: 6, pValue } },
    outliers: [],
  })
  const outlier = (influence: number, name = 'purchase') => ({
    novelty: {},
    weekday: {},
    outliers: [{ metric: name, variant: 'B', shareOfLargest: 0.4, influence }],
  })

  it('finds effects that fade or grow', () => {
    const scores = [0.5, 0.05, 0.01, 0.001, 1e-9].map((p) => score('novelty', { checkup: trend(p) }))
    expectFalling(scores)
    expect([scores[0], scores.at(-1)]).toEqual([1, 0.6])
    expect(saying('novelty', { checkup: trend(1e-5) })).toBe(
      'The effect of B shrinks by 0.0200 per day, over 14 days on which units came (p = 1e−5): the average so far will not last.',
    )
    expect(saying('novelty', { checkup: trend(1e-5, 0.02) })).toMatch(/of B grows by/)
    expect(saying('novelty', { checkup: trend(1e-5), metrics: {} })).toMatch(/of B changes by/)
    expect(part('novelty', { checkup: trend(Number.NaN) })).toBeUndefined()
  })

  it('counts every variant that was looked at', () => {
    const one = trend(0.01).novelty.B
    const checkup = { ...trend(0.01), novelty: { C: { ...one, pValue: 0.8 }, B: one } }
    expect(part('novelty', { checkup })?.pValue).toBe(0.02)
  })

  it('finds effects that differ between weekdays', () => {
    const scores = [0.5, 0.01, 1e-9].map((p) => score('weekday', { checkup: pattern(p) }))
    expectFalling(scores)
    expect(scores.at(-1)).toBe(0.6)
    expect(saying('weekday', { checkup: pattern(1e-5) })).toMatch(/B differs between 7 days of the week/)
  })

  it('finds differences that hang on one unit', () => {
    const scores = [0.1, 0.5, 1, -1.5, 2, 50].map((influence) =>
      score('outliers', { checkup: outlier(influence) }),
    )
    expectFalling(scores)
    expect([scores[0], scores.at(-1)]).toEqual([1, 0.6])
    expect(saying('outliers', { checkup: outlier(1.5) })).toBe(
      'One unit of B moves the difference on purchase by 1.50 standard errors; the largest hundredth of its units has 40 % of the total. Cap the metric.',
    )
    const metrics = { purchase: metric({ B: comparison(0.03, 0.01) }, { role: 'secondary' }) }
    expect(part('outliers', { metrics, checkup: outlier(9) })).toBeUndefined()
  })
})
