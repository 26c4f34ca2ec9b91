import { describe, expect, it } from 'vitest'
import { notComputable } from '../estimator.ts'
import type { Compared, GuardrailVerdict, Stopping } from './evidence.ts'
import { stoppingOf } from './stopping.ts'
import { comparison, type EvidenceChanges, evidenceOf, metric, refused, withoutSchedule } from './testing.ts'

const BETTER = comparison(0.031, 0.01)
const WORSE = comparison(-0.05, 0.01)
const OPEN = comparison(0.01, 0.01)
const SAME = comparison(0.001, 0.002)

function purchase(
  comparisons: Readonly<Record<string, Compared>>,
  more: EvidenceChanges = {},
): EvidenceChanges {
  return { ...more, metrics: { purchase: metric(comparisons) } }
}

const stop = (changes: EvidenceChanges) => stoppingOf(evidenceOf(changes))
const codes = ({ reasons }: Stopping) => reasons.map(({ code, variant = '' }) => `${code} ${variant}`.trim())

function withGuardrail(comparisonOfPurchase: Compared, verdict: GuardrailVerdict['verdict'], harm = -0.2) {
  const guardrail = { verdict, margin: 0.05, pValue: 0.5 }
  return {
    purchase: metric({ B: comparisonOfPurchase }),
    latency: metric({ B: comparison(harm, 0.01, { guardrail }) }, { role: 'guardrail' }),
  }
}

describe('stopping', () => {
  it('when every variant is decided', () => {
    const found = stop(purchase({ B: BETTER, C: WORSE }))
    expect(found).toMatchObject({ shouldStop: true, variants: ['C'], waitingFor: [] })
    expect(codes(found)).toEqual(['significant B', 'harmful C'])
    expect(found.reasons[0]).toMatchObject({ metric: 'purchase' })
  })

  it('of one variant while another is open', () => {
    const found = stop(purchase({ B: OPEN, C: WORSE }))
    expect(found).toMatchObject({ shouldStop: false, variants: ['C'] })
    expect(codes(found)).toEqual(['harmful C'])
  })

  it('not while everything is open', () => {
    expect(stop(purchase({ B: OPEN }))).toEqual({
      shouldStop: false,
      reasons: [],
      variants: [],
      waitingFor: [],
    })
  })

  it('knows which way is better', () => {
    const metrics = { latency: metric({ B: BETTER, C: WORSE }, { direction: 'decrease' }) }
    expect(codes(stop({ metrics }))).toEqual(['harmful B', 'significant C'])
  })

  it('asks for the adjusted p-value', () => {
    expect(codes(stop(purchase({ B: { ...BETTER, pValueAdjusted: 0.06 } })))).toEqual([])
  })

  it('when the effect is too small to matter', () => {
    const found = stop(purchase({ B: SAME }))
    expect(found).toMatchObject({ shouldStop: true, variants: ['B'] })
    expect(codes(found)).toEqual(['equivalent B'])
    expect(codes(stop(purchase({ B: SAME }, { settings: { practicalEquivalence: 0 } })))).toEqual([])
  })

  it('not for one hopeless primary metric while another is open', () => {
    const metrics = { purchase: metric({ B: SAME }), revenue: metric({ B: OPEN }) }
    expect(stop({ metrics })).toMatchObject({ shouldStop: false, reasons: [], variants: [] })
    const hopeless = { purchase: metric({ B: SAME }), revenue: metric({ B: SAME }) }
    expect(stop({ metrics: hopeless })).toMatchObject({ shouldStop: true, variants: ['B'] })
  })

  it('leaves a better and a worse metric of the same variant to people', () => {
    const metrics = { purchase: metric({ B: BETTER }), revenue: metric({ B: WORSE }) }
    const found = stop({ metrics })
    expect(found).toMatchObject({ shouldStop: true, variants: [] })
    expect(codes(found)).toEqual(['significant B', 'harmful B'])
  })

  it('for a guardrail that is harmed, and not for one that is unclear', () => {
    const found = stop({ metrics: withGuardrail(OPEN, 'harmed') })
    expect(found).toMatchObject({ shouldStop: true, variants: ['B'] })
    expect(found.reasons).toMatchObject([{ code: 'guardrail-harmed', variant: 'B', metric: 'latency' }])
    expect(stop({ metrics: withGuardrail(BETTER, 'unclear') })).toMatchObject({ shouldStop: false })
    expect(stop({ metrics: withGuardrail(BETTER, 'holds') })).toMatchObject({
      shouldStop: true,
      variants: [],
    })
  })

  it('when the longest duration is over', () => {
    const schedule = { maximumDurationDays: 14 }
    const found = stop(purchase({ B: OPEN }, { schedule }))
    expect(found).toMatchObject({ shouldStop: true, variants: [] })
    expect(codes(found)).toEqual(['maximum-duration'])
    expect(stop(purchase({ B: OPEN }, { schedule, days: 13.9 })).shouldStop).toBe(false)
  })

  it('when units are lost, whatever the numbers say', () => {
    const found = stoppingOf(refused())
    expect(found).toMatchObject({ shouldStop: true, variants: [] })
    expect(codes(found)).toEqual(['sample-ratio-mismatch'])
    expect(found.reasons[0]?.message).toMatch(/^B has 5\.7\u202f% more units/)
    // Where the analysis was not refused the check for all looks is enough.
    const counts = { A: 5000, B: 5600 }
    expect(codes(stop({ counts }))).toEqual(['sample-ratio-mismatch'])
  })

  it('of a file concludes and waits for nothing', () => {
    const settings = { method: 'fixed-horizon' } as const
    const file = withoutSchedule(evidenceOf({ ...purchase({ B: BETTER, C: OPEN }), settings }))
    expect(stoppingOf(file)).toMatchObject({ shouldStop: false, waitingFor: [] })
    expect(codes(stoppingOf(file))).toEqual(['significant B'])
  })
})

describe('waiting', () => {
  it('for the planned sample and the shortest duration, nothing but harm is a reason', () => {
    const found = stop(purchase({ B: BETTER, C: WORSE, D: SAME }, { days: 3, minimumSample: 20_000 }))
    expect(found.waitingFor).toEqual([
      'the planned sample (A has 5,000 of 20,000 units)',
      'the minimum duration (3 days of 7 days)',
    ])
    expect(found).toMatchObject({ shouldStop: false, variants: ['C'] })
    expect(codes(found)).toEqual(['harmful C'])
  })

  it('is not for what was stopped', () => {
    const counts = { A: 5000, B: 5000, C: 800 }
    const changes = purchase({ B: BETTER, C: WORSE }, { counts, expected: counts, minimumSample: 5000 })
    expect(stop(changes).waitingFor).toEqual(['the planned sample (C has 800 of 5,000 units)'])
    expect(stop({ ...changes, stopped: ['C'] })).toMatchObject({
      shouldStop: true,
      variants: [],
      waitingFor: [],
    })
  })

  it('is over with the experiment, or with its longest duration', () => {
    const changes = purchase({ B: BETTER }, { days: 3, minimumSample: 20_000 })
    expect(stop({ ...changes, schedule: { isOpen: false } }).waitingFor).toEqual([])
    const overdue = stop({ ...changes, schedule: { maximumDurationDays: 3 } })
    expect(overdue.waitingFor).toEqual([])
    expect(codes(overdue)).toEqual(['maximum-duration', 'significant B'])
  })
})

describe('a fixed-horizon test', () => {
  const settings = { method: 'fixed-horizon' } as const

  it('is read at its planned sample', () => {
    const early = stop(purchase({ B: BETTER }, { settings, minimumSample: 10_000 }))
    expect(early).toMatchObject({ shouldStop: false, reasons: [] })
    expect(early.waitingFor).toEqual([
      'the planned sample, at which alone a fixed-horizon test is read (A has 5,000 of 10,000 units)',
    ])
    const there = stop(purchase({ B: BETTER, C: OPEN }, { settings, minimumSample: 5000 }))
    expect(there).toMatchObject({ shouldStop: true, variants: ['C'], waitingFor: [] })
    expect(codes(there)).toEqual(['significant B', 'futile C'])
  })

  it('without a planned sample is read at its end', () => {
    expect(stop(purchase({ B: BETTER }, { settings })).waitingFor).toHaveLength(1)
    const ended = stop(purchase({ B: BETTER, C: OPEN }, { settings, schedule: { isOpen: false } }))
    expect(codes(ended)).toEqual(['significant B'])
  })

  it('is stopped before for harm below p = 0.001 only', () => {
    const planned = { settings, minimumSample: 10_000 }
    const suspicious = comparison(-0.03, 0.01)
    expect(suspicious.pValue).toBeGreaterThan(0.001)
    expect(codes(stop(purchase({ B: suspicious }, planned)))).toEqual([])
    expect(codes(stop(purchase({ B: WORSE }, planned)))).toEqual(['harmful B'])
    const metrics = withGuardrail(OPEN, 'harmed', -0.03)
    expect(codes(stop({ metrics, ...planned }))).toEqual([])
    expect(codes(stop({ metrics: withGuardrail(OPEN, 'harmed', -0.05), ...planned }))).toEqual([
      'guardrail-harmed B',
    ])
  })
})

describe('a group-sequential test', () => {
  const settings = { method: 'group-sequential', looks: 5 } as const
  const at = (number: number, compared: Compared, futilityBoundary?: number) => ({
    ...compared,
    look: {
      number,
      of: 5,
      informationFraction: number / 5,
      at: 0,
      boundary: 3,
      ...(futilityBoundary === undefined ? {} : { futilityBoundary }),
    },
  })
  const looking = (compared: Compared) => stop(purchase({ B: compared }, { settings, minimumSample: 20_000 }))

  it('waits for its first look, and then no more', () => {
    const none = notComputable('no-look-yet', 'The first look comes at 4,000 units per variant.')
    const metrics = { purchase: metric({ B: none }) }
    expect(stop({ metrics, settings, counts: { A: 100, B: 100 } })).toMatchObject({
      shouldStop: false,
      waitingFor: ['the first of 5 planned looks'],
    })
    expect(looking(at(1, BETTER))).toMatchObject({ shouldStop: true, waitingFor: [] })
  })

  it('stops where going on is hopeless', () => {
    expect(codes(looking(at(3, OPEN, 0.5)))).toEqual([])
    const futile = looking(at(3, OPEN, 1.2))
    expect(codes(futile)).toEqual(['futile B'])
    expect(futile.reasons[0]?.message).toMatch(/below the futility boundary at look 3 of 5/)
  })

  it('is over at its last look', () => {
    expect(codes(looking(at(5, BETTER)))).toEqual(['significant B'])
    const over = looking(at(5, OPEN))
    expect(codes(over)).toEqual(['futile B'])
    expect(over.reasons[0]?.message).toMatch(/at the last look/)
  })
})
