import { describe, expect, it } from 'vitest'
import { notComputable } from '../estimator.ts'
import type { Compared, Evidence, GuardrailVerdict, Recommendation } from './evidence.ts'
import { healthOf } from './health.ts'
import { recommendationsFrom } from './recommendations.ts'
import { stoppingOf } from './stopping.ts'
import { comparison, type EvidenceChanges, evidenceOf, metric, refused, withoutSchedule } from './testing.ts'

const BETTER = comparison(0.031, 0.01)
const BEST = comparison(0.05, 0.01)
const WORSE = comparison(-0.05, 0.01)
const OPEN = comparison(0.01, 0.01)
const SAME = comparison(0.001, 0.002)

function recommend(of: EvidenceChanges | Evidence): readonly Recommendation[] {
  const evidence = 'shares' in of ? of : evidenceOf(of)
  return recommendationsFrom(evidence, healthOf(evidence), stoppingOf(evidence))
}

function purchase(
  comparisons: Readonly<Record<string, Compared>>,
  more: EvidenceChanges = {},
): EvidenceChanges {
  return { ...more, metrics: { purchase: metric(comparisons) } }
}

const summaryOf = (of: EvidenceChanges | Evidence) =>
  recommend(of).map(({ code, variant = '' }) => `${code} ${variant}`.trim())

/** Narrow spaces as ones that can be typed. */
const plain = (text: string) => text.replaceAll('\u202f', ' ')
const messagesOf = (of: EvidenceChanges | Evidence) => recommend(of).map(({ message }) => plain(message))

function withGuardrail(of: Compared, verdict: GuardrailVerdict['verdict'], more: EvidenceChanges = {}) {
  const guardrail = { verdict, margin: 0.05, pValue: 0.5 }
  const latency = metric(
    { B: comparison(0.02, 0.03, { guardrail }) },
    { role: 'guardrail', direction: 'decrease' },
  )
  return { ...more, metrics: { purchase: metric({ B: of }), latency } }
}

describe('deploy', () => {
  it('what is significantly better, with the figures', () => {
    expect(messagesOf(purchase({ B: BETTER }))).toEqual([
      'Deploy B: +3.1 % [1.1 %, 5.1 %] on purchase, always-valid.',
    ])
    const [first] = recommend(withGuardrail(BETTER, 'holds'))
    expect(plain(first?.message ?? '')).toBe(
      'Deploy B: +3.1 % [1.1 %, 5.1 %] on purchase, always-valid, guardrails hold.',
    )
    expect(first?.evidence.map(plain)).toEqual([
      'B is better on purchase: +3.1 % [1.1 %, 5.1 %], adjusted p = 0.0019.',
      'B: the guardrail latency holds: +2 % [−4 %, 8 %] against a margin of 5 %.',
      'Health 100 %.',
    ])
  })

  it('what lowers a metric that should be low', () => {
    const metrics = { latency: metric({ B: WORSE }, { direction: 'decrease' }) }
    expect(messagesOf({ metrics })).toEqual([
      'Deploy B: −5.0 % [−7.0 %, −3.0 %] on latency (less is better), always-valid.',
    ])
  })

  it('the best of several, and names the others', () => {
    const found = recommend(purchase({ B: BETTER, C: BEST, D: OPEN, E: WORSE }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ code: 'deploy', variant: 'C' })
    expect(found[0]?.message).toMatch(/ B is better than the control too\.$/)
    expect(found[0]?.evidence.join(' ')).toMatch(/D is not decided .* E is worse/)
  })

  it('the best on the first primary metric, in its direction', () => {
    const metrics = {
      latency: metric({ B: WORSE, C: comparison(-0.1, 0.01) }, { direction: 'decrease' }),
      revenue: metric({ B: BEST, C: OPEN }),
    }
    expect(summaryOf({ metrics })).toEqual(['deploy C'])
  })

  it('says at which look', () => {
    const look = { number: 2, of: 5, informationFraction: 0.4, at: 0, boundary: 3 }
    const settings = { method: 'group-sequential' } as const
    expect(messagesOf(purchase({ B: { ...BETTER, look } }, { settings }))).toEqual([
      'Deploy B: +3.1 % [1.1 %, 5.1 %] on purchase, group-sequential at look 2 of 5.',
    ])
  })

  it('not before the shortest duration and the planned sample', () => {
    expect(summaryOf(purchase({ B: BETTER }, { days: 3 }))).toEqual(['continue'])
    expect(summaryOf(purchase({ B: BETTER }, { minimumSample: 5001 }))).toEqual(['continue'])
  })
})

describe('do not read', () => {
  it('when units are lost, with who and when', () => {
    const day = {
      name: 'day',
      strata: 2,
      pValue: 1e-9,
      statistic: 40,
      degreesOfFreedom: 1,
      worst: [{ stratum: '2026-03-04', counts: { A: 1000, B: 1590 }, pValue: 1e-9 }],
    }
    const { sampleRatio } = refused().analysis
    const onADay = refused({ analysis: { sampleRatio: { ...sampleRatio, strata: [day] } } })
    expect(messagesOf(onADay)).toEqual([
      'Do not read the numbers: B has 5.7 % more units than it should (5,600 where 5,300 were due; p = 6e−9), most on 2026-03-04. Find what loses or adds units, repair it and start again.',
    ])
    const [{ evidence = [] } = {}] = recommend(onADay)
    expect(evidence).toHaveLength(2)
    expect(evidence[1]).toMatch(/^On 2026-03-04 B has 16\u202f% more units than by its share overall/)
    const always = refused({
      analysis: { sampleRatio: { ...sampleRatio, strata: [{ ...day, pValue: 0.4 }] } },
    })
    expect(messagesOf(always)[0]).toMatch(/, on all days alike\. Find/)
  })

  it('when units change over', () => {
    const message = '2.3 % of the units were seen in more than one variant (limit 1 %).'
    const analysis = {
      status: 'refused',
      refusals: [{ code: 'crossover', message }],
      crossover: { units: 230, share: 0.023 },
    } as const
    expect(messagesOf({ analysis })).toEqual([
      'Do not read the numbers: 2.3 % of the units were seen in more than one variant, and at most 1 % may be. Find what lets units change over, repair it and start again.',
    ])
  })

  it('for whatever else the analysis was refused', () => {
    const analysis = { status: 'refused', refusals: [{ code: 'no-units', message: 'Something.' }] } as const
    expect(recommend({ analysis })).toEqual([
      { code: 'do-not-read', message: 'Do not read the numbers: Something.', evidence: [] },
    ])
    expect(recommend({ analysis: { ...analysis, refusals: [] } })).toEqual([])
  })

  it('for each reason', () => {
    const refusals = [
      { code: 'sample-ratio-mismatch', message: 'Lost.' },
      { code: 'crossover', message: 'Mixed.' },
    ] as const
    expect(summaryOf(refused({ analysis: { refusals } }))).toEqual(['do-not-read', 'do-not-read'])
  })
})

describe('decide', () => {
  it('when a guardrail is not clear; going on may clear it', () => {
    expect(messagesOf(withGuardrail(BETTER, 'unclear'))).toEqual([
      'Decide on B: +3.1 % [1.1 %, 5.1 %] on purchase, but the guardrail latency is unclear: +2 % [−4 %, 8 %] against a margin of 5 %.',
      'Continue: latency is not clear yet.',
    ])
    expect(summaryOf(withGuardrail(BETTER, 'unclear', { schedule: { isOpen: false } }))).toEqual(['decide B'])
  })

  it('when a guardrail could not be compared', () => {
    const latency = metric({ B: notComputable('zero-variance', 'None.') }, { role: 'guardrail' })
    expect(messagesOf({ metrics: { purchase: metric({ B: BETTER }), latency } })[0]).toMatch(
      /the guardrail latency is unclear: it could not be compared against a margin of 5 %/,
    )
  })

  it('when one primary metric is better and another worse', () => {
    const metrics = { purchase: metric({ B: BETTER }), revenue: metric({ B: WORSE }) }
    expect(messagesOf({ metrics })).toEqual([
      'Decide on B: +3.1 % [1.1 %, 5.1 %] on purchase, but it is worse on revenue: −5.0 % [−7.0 %, −3.0 %], adjusted p = 6e−7.',
    ])
  })

  it('when the numbers are not sound enough', () => {
    const schedule = { isOpen: false }
    expect(messagesOf(purchase({ B: BETTER }, { days: 3, schedule }))).toEqual([
      'Decide on B: +3.1 % [1.1 %, 5.1 %] on purchase, but the numbers are not sound enough (43 %). It has run 3 days of at least 7 days.',
    ])
    expect(summaryOf(purchase({ B: BETTER }, { days: 3.5, schedule }))).toEqual(['deploy B'])
  })

  it('with what harms stopped first', () => {
    const found = summaryOf(purchase({ B: BETTER, C: WORSE }, { settings: { priorDeviation: 0.003 } }))
    expect(found).toEqual(['stop-variant C', 'decide B'])
  })
})

describe('keep the control', () => {
  it('when the only variant is worse, no different, or harms a guardrail', () => {
    expect(messagesOf(purchase({ B: WORSE }))).toEqual([
      'Keep the control, A: B is worse on purchase: −5.0 % [−7.0 %, −3.0 %], adjusted p = 6e−7.',
    ])
    expect(messagesOf(purchase({ B: SAME }))[0]).toMatch(
      /^Keep the control, A: B makes no difference that matters/,
    )
    expect(messagesOf(withGuardrail(BETTER, 'harmed'))).toEqual([
      'Keep the control, A: B is better on purchase: +3.1 % [1.1 %, 5.1 %], adjusted p = 0.0019; but the guardrail latency is harmed: +2 % [−4 %, 8 %] against a margin of 5 %.',
    ])
  })

  it('when all variants are', () => {
    expect(messagesOf(purchase({ B: WORSE, C: SAME }))).toEqual([
      'Keep the control, A: no variant was shown to be better; B does harm.',
    ])
  })

  it('when time is over, without saying that there is no effect', () => {
    const caveat = ' That is no proof that there is no effect: what the intervals hold is still possible.'
    const overdue = purchase({ B: OPEN }, { schedule: { maximumDurationDays: 14 } })
    expect(messagesOf(overdue)).toEqual([
      `Keep the control, A: the longest duration is over and no variant was shown to be better.${caveat}`,
    ])
    expect(messagesOf(purchase({ B: OPEN }, { schedule: { isOpen: false } }))).toEqual([
      `Keep the control, A: no more units come in and no variant was shown to be better.${caveat}`,
    ])
    expect(messagesOf(withoutSchedule(evidenceOf(purchase({ B: OPEN }))))).toEqual([
      `Keep the control, A: no variant was shown to be better.${caveat}`,
    ])
    expect(recommend(overdue)[0]).toMatchObject({ variant: 'A' })
  })
})

describe('stop a variant', () => {
  it('that harms, before going on with the others', () => {
    const found = purchase({ B: OPEN, C: WORSE, D: OPEN })
    expect(summaryOf(found)).toEqual(['stop-variant C', 'continue'])
    expect(messagesOf(found)[0]).toBe(
      'Stop C: it is worse on purchase: −5.0 % [−7.0 %, −3.0 %], adjusted p = 6e−7; B and D may go on.',
    )
  })

  it('that leads nowhere, after what has to be decided', () => {
    expect(summaryOf(purchase({ B: OPEN, C: SAME }))).toEqual(['stop-variant C', 'continue'])
    // While a sample is waited for nothing is called hopeless.
    expect(summaryOf(purchase({ B: OPEN, C: SAME }, { days: 2 }))).toEqual(['continue'])
  })
})

describe('continue', () => {
  it('with the units and days that it takes', () => {
    expect(messagesOf(purchase({ B: OPEN }))).toEqual([
      'Continue: B needs about 14,000 more units per variant (about 40 days at the present pace) to be significant, if the effect is what it looks like: +1.0 % [−1.0 %, 3.0 %] on purchase.',
    ])
    expect(messagesOf(purchase({ B: OPEN }, { schedule: { maximumDurationDays: 28 } }))[0]).toMatch(
      /about 40 days at the present pace, of which 14 days are left/,
    )
    expect(messagesOf(purchase({ B: OPEN, C: comparison(0.018, 0.01) }))[0]).toMatch(/^Continue: C needs/)
  })

  it('says when the effect is too small to be found', () => {
    expect(messagesOf(purchase({ B: comparison(0.0001, 0.01) }))).toEqual([
      'Continue: so far B has +0.01 % [−1.95 %, 1.97 %] on purchase; if that is all, it takes more than 100 times the units so far to tell it from nothing.',
    ])
  })

  it('until what is waited for', () => {
    expect(messagesOf(purchase({ B: BETTER }, { days: 3, minimumSample: 20_000 }))).toEqual([
      'Continue: wait for the planned sample (A has 5,000 of 20,000 units) and the minimum duration (3 days of 7 days); 15,000 more units take about 9 days at the present pace.',
    ])
    expect(messagesOf(purchase({ B: BETTER }, { days: 3 }))).toEqual([
      'Continue: wait for the minimum duration (3 days of 7 days).',
    ])
  })

  it('until the next look', () => {
    const look = { number: 1, of: 5, informationFraction: 0.2, at: 0, boundary: 4.9 }
    const settings = { method: 'group-sequential' } as const
    const changes = purchase({ B: { ...OPEN, look } }, { settings, minimumSample: 20_000 })
    expect(messagesOf(changes)).toEqual([
      'Continue: look 2 of 5 comes after about 3,000 more units per variant (about 8.4 days at the present pace); so far B has +1.0 % [−1.0 %, 3.0 %] on purchase.',
    ])
  })

  it('when one of several primary metrics cannot be compared yet', () => {
    const metrics = {
      purchase: metric({ B: SAME }),
      revenue: metric({ B: notComputable('too-few-units', 'Too few.') }),
    }
    expect(messagesOf({ metrics })).toEqual([
      'Continue: 1 of the variants could not be compared on every primary metric yet.',
    ])
  })
})

describe('before there is anything to say', () => {
  it('nothing is recommended but to go on', () => {
    expect(messagesOf({ counts: { A: 0, B: 0 } })).toEqual(['Continue: no unit has met a variant yet.'])
    const missing = { purchase: metric({ B: notComputable('too-few-units', 'Too few units.') }) }
    expect(messagesOf({ metrics: missing })).toEqual(['Nothing could be compared yet: Too few units.'])
    expect(recommend(withoutSchedule(evidenceOf({ metrics: missing })))).toMatchObject([
      { code: 'decide', message: 'Nothing could be compared at all: Too few units.' },
    ])
  })

  it('a primary metric is asked for', () => {
    const metrics = { purchase: metric({ B: BETTER }, { role: 'secondary' }) }
    expect(summaryOf({ metrics })).toEqual(['decide'])
    expect(messagesOf({ metrics })[0]).toMatch(/^Name a primary metric/)
  })
})

describe('what nobody would read to its end', () => {
  const many = (compared: Compared) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`V${i}`, compared] as const))

  it('is cut, and says so', () => {
    const [only] = recommend(purchase(many(OPEN)))
    expect(only?.evidence).toHaveLength(21)
    expect(only?.evidence.at(-1)).toBe('And 10 more findings.')
    const stops = recommend(purchase({ B: OPEN, ...many(WORSE) }))
    expect(stops.map(({ code }) => code)).toEqual([...Array(10).fill('stop-variant'), 'continue'])
    expect(stops[9]?.evidence.at(-1)).toBe('The same goes for 20 more variants.')
    expect(stops[8]?.evidence).toHaveLength(1)
  })
})
