import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricAnalysis } from '../analysis.ts'
import { notComputable } from '../estimator.ts'
import { INFERENCE_METHODS } from '../experiment.ts'
import type { Evidence } from './evidence.ts'
import { guardrailVerdict } from './guardrail.ts'
import { healthOf, trustworthiness } from './health.ts'
import { SOUND_FROM } from './recommendations/situation.ts'
import { recommendationsFrom } from './recommendations.ts'
import { stoppingOf } from './stopping.ts'
import { comparison, type EvidenceChanges, evidenceOf, metric } from './testing.ts'

/** What must hold whatever an experiment looks like. */

/** Evenly in a range, where the doubles of fast-check are mostly near 0. */
function between(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1000 }).map((step) => low + (step / 1000) * (high - low))
}

const effect = fc.record({
  estimate: between(-0.3, 0.5),
  standardError: fc.oneof(fc.constant(0.01), between(1e-4, 0.2)),
  isMissing: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  look: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
})
type Effect = typeof effect extends fc.Arbitrary<infer T> ? T : never

const VARIANTS = ['B', 'C', 'D']

const experiment = fc.record({
  purchase: fc.array(effect, { minLength: 3, maxLength: 3 }),
  revenue: fc.option(fc.array(effect, { minLength: 3, maxLength: 3 }), { nil: undefined }),
  latency: fc.option(fc.array(effect, { minLength: 3, maxLength: 3 }), { nil: undefined }),
  direction: fc.constantFrom('increase', 'decrease'),
  method: fc.constantFrom(...INFERENCE_METHODS),
  units: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 4, maxLength: 4 }),
  isEven: fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0),
  days: between(0, 60),
  isOpen: fc.boolean(),
  maximumDurationDays: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  minimumSample: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
  crossover: between(0, 0.011),
  noveltyP: fc.oneof(between(0, 1), fc.constant(1e-9), fc.constant(Number.NaN)),
  influence: between(-3, 3),
})
type Given = typeof experiment extends fc.Arbitrary<infer T> ? T : never

function metricFrom(
  effects: readonly Effect[],
  order: readonly string[],
  extra: Partial<MetricAnalysis>,
): MetricAnalysis {
  const comparisons = order.map((variant) => {
    const { estimate, standardError, isMissing, look } = effects[VARIANTS.indexOf(variant)] as Effect
    if (isMissing) return [variant, notComputable('too-few-units', 'Too few.')] as const
    const planned = { of: 5, informationFraction: 0.2, at: 0, boundary: 2, futilityBoundary: 0.5 }
    const extraFields = look === undefined ? {} : { look: { ...planned, number: look } }
    return [variant, comparison(estimate, standardError, extraFields)] as const
  })
  return metric(Object.fromEntries(comparisons), extra)
}

/** The same experiment, its variants listed in any order. */
function build(given: Given, order: readonly string[] = VARIANTS): Evidence {
  const { units, isEven, direction, crossover, maximumDurationDays, days, isOpen, minimumSample } = given
  const sizes = Object.fromEntries(
    ['A', ...VARIANTS].map((variant, i) => [variant, isEven ? (units[0] as number) : (units[i] as number)]),
  )
  const settings = { method: given.method }
  const base = evidenceOf({ settings })
  const latency =
    given.latency && metricFrom(given.latency, order, { role: 'guardrail', direction: 'decrease' })
  const guarded = latency && {
    ...latency,
    comparisons: Object.fromEntries(
      Object.entries(latency.comparisons).map(([variant, compared]) => {
        const guardrail = guardrailVerdict(compared, 'decrease', base.settings)
        return [variant, compared.status === 'ok' && guardrail ? { ...compared, guardrail } : compared]
      }),
    ),
  }
  const changes: EvidenceChanges = {
    metrics: {
      purchase: metricFrom(given.purchase, order, { direction }),
      ...(given.revenue ? { revenue: metricFrom(given.revenue, order, {}) } : {}),
      ...(guarded ? { latency: guarded } : {}),
    },
    counts: Object.fromEntries(['A', ...order].map((variant) => [variant, sizes[variant] as number])),
    days,
    minimumSample,
    settings,
    schedule: { isOpen, ...(maximumDurationDays === undefined ? {} : { maximumDurationDays }) },
    analysis: { crossover: { units: 1, share: Object.values(sizes).some(Boolean) ? crossover : 0 } },
    checkup: {
      novelty: { B: { days: 9, slope: 0.1, standardError: 0.1, pValue: given.noveltyP } },
      weekday: { B: { weekdays: 7, statistic: 1, degreesOfFreedom: 6, pValue: given.noveltyP } },
      outliers: [{ metric: 'purchase', variant: 'B', shareOfLargest: 0.5, influence: given.influence }],
    },
  }
  return judged(evidenceOf(changes))
}

/** Refused as the engine refuses. */
function judged(evidence: Evidence): Evidence {
  const { analysis, settings } = evidence
  const isMismatch = analysis.sampleRatio.pValue < settings.sampleRatioAlpha
  const isMixed = analysis.crossover.share > settings.crossoverShare
  const refusals = [
    ...(isMismatch ? [{ code: 'sample-ratio-mismatch' as const, message: 'Lost.' }] : []),
    ...(isMixed ? [{ code: 'crossover' as const, message: 'Mixed.' }] : []),
  ]
  return { ...evidence, analysis: { ...analysis, status: refusals.length > 0 ? 'refused' : 'ok', refusals } }
}

function judge(evidence: Evidence) {
  const health = healthOf(evidence)
  const stopping = stoppingOf(evidence)
  return { health, stopping, recommendations: recommendationsFrom(evidence, health, stopping) }
}

function always(property: (given: Given, evidence: Evidence, found: ReturnType<typeof judge>) => void): void {
  fc.assert(
    fc.property(experiment, (given) => {
      const evidence = build(given)
      property(given, evidence, judge(evidence))
    }),
    { seed: 4, numRuns: 400 },
  )
}

describe('whatever an experiment looks like', () => {
  it('health lies in [0, 1] and is the product of its parts', () => {
    always((_, __, { health }) => {
      for (const { score, message } of health.parts) {
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(message).toMatch(/\.$/)
      }
      expect(health.score).toBe(health.parts.reduce((product, { score }) => product * score, 1))
    })
  })

  it('a refused analysis is not to be read, has no health, and nothing else is recommended', () => {
    let refusals = 0
    always((_, { analysis }, { health, stopping, recommendations }) => {
      if (analysis.status !== 'refused') return
      refusals++
      expect(new Set(recommendations.map(({ code }) => code))).toEqual(new Set(['do-not-read']))
      expect(health.score).toBe(0)
      expect(stopping.variants).toEqual([])
    })
    expect(refusals).toBeGreaterThan(50)
  })

  it('the order in which variants are listed changes nothing', () => {
    fc.assert(
      fc.property(experiment, fc.shuffledSubarray(VARIANTS, { minLength: 3 }), (given, order) => {
        const [first, second] = [judge(build(given)), judge(build(given, order))]
        expect(second.stopping).toEqual(first.stopping)
        expect(second.recommendations.map(({ message }) => message)).toEqual(
          first.recommendations.map(({ message }) => message),
        )
        expect(second.health.score).toBeCloseTo(first.health.score, 9)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('only sound evidence for a variant with clear guardrails gets it deployed', () => {
    let deployments = 0
    always((given, { analysis }, { health, stopping, recommendations }) => {
      for (const { code, variant = '' } of recommendations) {
        if (code !== 'deploy') continue
        deployments++
        expect(recommendations).toHaveLength(1)
        expect(trustworthiness(health)).toBeGreaterThanOrEqual(SOUND_FROM)
        expect(stopping.waitingFor).toEqual([])
        expect(stopping.variants).not.toContain(variant)
        const { comparisons } = analysis.metrics['latency'] ?? {}
        const guarded = comparisons?.[variant]
        if (given.latency) expect(guarded).toMatchObject({ guardrail: { verdict: 'holds' } })
        const primary = Object.values(analysis.metrics).filter(({ role }) => role === 'primary')
        const gains = primary.flatMap(({ comparisons: each, direction }) => {
          const compared = each[variant]
          if (compared?.status !== 'ok' || compared.pValueAdjusted >= 0.05) return []
          return [compared.absolute.estimate * (direction === 'increase' ? 1 : -1)]
        })
        expect(gains.length).toBeGreaterThan(0)
        expect(Math.min(...gains)).toBeGreaterThan(0)
      }
    })
    expect(deployments).toBeGreaterThan(5)
  })

  it('there is always something to do, said in a sentence without NaN or undefined', () => {
    always((_, __, { stopping, recommendations }) => {
      expect(recommendations.length).toBeGreaterThan(0)
      const texts = [
        ...recommendations.flatMap(({ message, evidence }) => [message, ...evidence]),
        ...stopping.reasons.map(({ message }) => message),
      ]
      for (const text of texts) expect(text).toMatch(/^(?!.*(NaN|undefined|Infinity)).*\.$/)
      for (const text of stopping.waitingFor) expect(text).not.toMatch(/NaN|undefined|\.$/)
    })
  })

  it('what stops has a reason, and what is waited for hides all but harm', () => {
    always((_, __, { stopping }) => {
      const { shouldStop, reasons, variants, waitingFor } = stopping
      if (shouldStop || variants.length > 0) expect(reasons.length).toBeGreaterThan(0)
      for (const variant of variants) expect(reasons.map((reason) => reason.variant)).toContain(variant)
      if (waitingFor.length === 0) return
      const harms = ['harmful', 'guardrail-harmed', 'sample-ratio-mismatch']
      expect(harms).toEqual(expect.arrayContaining(reasons.map(({ code }) => code)))
    })
  })

  it('more sample never lowers the score of the sample, nor more time that of a whole number of weeks', () => {
    const scoreOf = (check: string, evidence: Evidence) =>
      healthOf(evidence).parts.find((part) => part.check === check)?.score ?? Number.NaN
    const whole = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const sample = (units: number) =>
          scoreOf('sample-size', evidenceOf({ minimumSample: 10, counts: { A: units, B: units } }))
        const weeks = (count: number) => scoreOf('duration', evidenceOf({ days: 7 * count }))
        expect(sample(less)).toBeLessThanOrEqual(sample(more))
        expect(weeks(less)).toBeLessThanOrEqual(weeks(more))
      }),
      { seed: 6 },
    )
  })
})
