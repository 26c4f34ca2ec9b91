import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerPower } from './answer-power.ts'
import type { PlannedMetric, PowerQuestion, SolvedPower } from './power-question.ts'
import { sampleSize } from './sample-size.ts'

const SHARE: PlannedMetric = { kind: 'proportion', baseline: 0.1 }
const SPEND: PlannedMetric = { kind: 'mean', baseline: 40, standardDeviation: 20 }
const VISITS: PlannedMetric = { kind: 'count', baseline: 3, dispersion: 2 }
const BASKET: PlannedMetric = {
  kind: 'ratio',
  numerator: { mean: 3, standardDeviation: 2 },
  denominator: { mean: 10, standardDeviation: 5 },
  correlation: 0.6,
}

function solved(question: PowerQuestion): SolvedPower {
  const answer = answerPower(question)
  if (answer.status === 'refused') throw new Error(`${answer.reason} ${answer.field}`)
  return answer
}

describe('two of three give the third', () => {
  const metrics = fc.constantFrom<PlannedMetric[]>(
    SHARE,
    { ...SHARE, kind: 'retention' },
    SPEND,
    VISITS,
    BASKET,
  )
  const hypotheses = fc.constantFrom(
    undefined,
    { kind: 'non-inferiority' } as const,
    { kind: 'equivalence' } as const,
  )
  const options = fc.record({
    alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    sides: fc.constantFrom<(1 | 2)[]>(1, 2),
    variants: fc.integer({ min: 2, max: 6 }),
    correction: fc.constantFrom<('bonferroni' | 'dunnett' | 'none')[]>('bonferroni', 'dunnett', 'none'),
    controlRatio: fc.constantFrom<(number | 'optimal')[]>(1, 2.5, 'optimal'),
    varianceSaved: fc.constantFrom(0, 0.4),
  })

  it('of every kind of metric, hypothesis and option', () => {
    const effects = fc.double({ min: 0.02, max: 0.6, noNaN: true })
    fc.assert(
      fc.property(metrics, hypotheses, options, effects, (metric, hypothesis, option, size) => {
        const effect = hypothesis?.kind === 'non-inferiority' ? -size : size
        const question: PowerQuestion = { metric, ...option, ...(hypothesis ? { hypothesis } : {}) }
        const { unitsPerVariant, power } = solved({
          ...question,
          minimumDetectableEffect: effect,
          power: 0.8,
        })
        expect(power).toBeGreaterThanOrEqual(0.8 - 1e-9)
        if (unitsPerVariant > 2) {
          const fewer = solved({
            ...question,
            minimumDetectableEffect: effect,
            unitsPerVariant: unitsPerVariant - 1,
          })
          expect(fewer.power).toBeLessThan(0.8 + 1e-9)
        }
        const again = answerPower({ ...question, unitsPerVariant, power })
        // A single unit in a variant more or less matters to so few that power 1 is met by many effects.
        if (power < 0.999) {
          expect(again).toMatchObject({ status: 'answered' })
          const { minimumDetectableEffect } = again as SolvedPower
          expect(minimumDetectableEffect / effect).toBeCloseTo(1, 6)
        }
      }),
      { seed: 3, numRuns: 120 },
    )
  })

  it.each(['always-valid', 'group-sequential'] as const)('with several looks, %s', (method) => {
    const question: PowerQuestion = { metric: SHARE, plan: { method } }
    const answer = solved({ ...question, minimumDetectableEffect: 0.2, power: 0.8 })
    expect(answer.power).toBeGreaterThanOrEqual(0.8)
    expect(answer.power).toBeLessThan(0.801)
    const effect = solved({ ...question, unitsPerVariant: answer.unitsPerVariant, power: answer.power })
    expect(effect.minimumDetectableEffect).toBeCloseTo(0.2, 9)
    expect(answer.inflation).toBeGreaterThan(1)
    expect(answer.expectedUnitsPerVariant).toBeLessThan(answer.unitsPerVariant)
  })
})

describe('an answer', () => {
  // Exact power by SciPy's noncentral t distribution.
  it.each([
    [0.3, 100, 2, 0.05, 2, 0.6849639135884928],
    [0.5, 10, 0.5, 0.05, 1, 0.2179578686465586],
  ] as const)(
    'is exact for means: %d standard deviations, %d units',
    (effect, units, controlRatio, alpha, sides, expected) => {
      const metric: PlannedMetric = { kind: 'mean', baseline: 0, standardDeviation: 1 }
      const { power } = solved({
        metric,
        effectScale: 'absolute',
        minimumDetectableEffect: effect,
        unitsPerVariant: units,
        controlRatio,
        alpha,
        sides,
      })
      expect(Math.abs(power - expected)).toBeLessThan(1e-9)
    },
  )

  it('says the same as the sample size of the wizard', () => {
    const asked = { alpha: 0.05, power: 0.8, minimumDetectableEffect: 0.07 }
    for (const variants of [2, 3, 10]) {
      for (const baseline of [0.02, 0.3, 0.9]) {
        const wizard = sampleSize({ kind: 'proportion', baseline, variants, ...asked })
        expect(solved({ metric: { kind: 'proportion', baseline }, variants, ...asked })).toMatchObject({
          unitsPerVariant: wizard.unitsPerVariant,
          units: wizard.units,
        })
      }
      const wizard = sampleSize({ kind: 'mean', baseline: 40, standardDeviation: 31, variants, ...asked })
      const exact = solved({
        metric: { kind: 'mean', baseline: 40, standardDeviation: 31 },
        variants,
        ...asked,
      })
      expect(Math.abs(exact.unitsPerVariant - wizard.unitsPerVariant)).toBeLessThanOrEqual(1)
    }
  })

  it('needs less with a covariate, and more with clusters', () => {
    const asked: PowerQuestion = { metric: BASKET, minimumDetectableEffect: 0.03, power: 0.8 }
    const plain = solved(asked).unitsPerVariant
    expect(solved({ ...asked, varianceSaved: 0.5 }).unitsPerVariant / plain).toBeCloseTo(0.5, 3)
    const clusters = { meanSize: 10, sizeVariation: 0.5, intraclassCorrelation: 0.05 }
    const clustered = solved({ ...asked, clusters })
    expect(clustered.designEffect).toBeCloseTo(1 + (1.25 * 10 - 1) * 0.05, 12)
    expect(clustered.unitsPerVariant / plain).toBeCloseTo(clustered.designEffect, 3)
    expect(clustered.clustersPerVariant).toBe(Math.ceil(clustered.unitsPerVariant / 10))
  })

  it('costs less by Dunnett than by Bonferroni, and least with the best control', () => {
    const asked: PowerQuestion = { metric: SPEND, minimumDetectableEffect: 0.05, power: 0.8, variants: 5 }
    const bonferroni = solved(asked).units
    const dunnett = solved({ ...asked, correction: 'dunnett' }).units
    const best = solved({ ...asked, correction: 'dunnett', controlRatio: 'optimal' })
    expect(dunnett).toBeLessThan(bonferroni)
    expect(best.units).toBeLessThan(dunnett)
    expect(best.controlUnits / best.unitsPerVariant).toBeCloseTo(2, 2)
  })

  it('takes whole days and whole weeks', () => {
    const traffic = { unitsPerDay: 1000, coverage: 0.5 }
    const asked: PowerQuestion = { metric: SHARE, minimumDetectableEffect: 0.2, power: 0.8, traffic }
    expect(solved(asked).duration).toEqual({ days: 16, weeks: 3 })
  })

  it('looks for a decrease when asked to', () => {
    const { effect } = solved({ metric: SHARE, unitsPerVariant: 3213, power: 0.8, direction: 'decrease' })
    expect(effect.relative).toBeCloseTo(-0.2, 4)
  })
})

describe('what cannot be', () => {
  const GOOD: PowerQuestion = { metric: SHARE, minimumDetectableEffect: 0.2, power: 0.8 }
  it.each<[Partial<PowerQuestion>, string, string]>([
    [{ unitsPerVariant: 100 }, 'not-two-of-three', 'power'],
    [{ alpha: 0 }, 'out-of-range', 'alpha'],
    [{ alpha: Number.NaN }, 'out-of-range', 'alpha'],
    [{ power: 1 }, 'out-of-range', 'power'],
    [{ power: 0.025 }, 'power-not-above-error', 'power'],
    [{ variants: 1.5 }, 'out-of-range', 'variants'],
    [{ controlRatio: 0 }, 'out-of-range', 'controlRatio'],
    [{ minimumDetectableEffect: 0 }, 'effect-zero', 'minimumDetectableEffect'],
    [{ minimumDetectableEffect: 9 }, 'effect-beyond-proportion', 'minimumDetectableEffect'],
    [{ minimumDetectableEffect: -1 }, 'effect-beyond-proportion', 'minimumDetectableEffect'],
    [{ metric: { kind: 'proportion', baseline: 1 } }, 'out-of-range', 'metric.baseline'],
    [{ metric: { kind: 'mean', baseline: 0, standardDeviation: 1 } }, 'baseline-zero', 'metric.baseline'],
    [
      { metric: { ...SPEND, standardDeviation: 0 } as PlannedMetric },
      'out-of-range',
      'metric.standardDeviation',
    ],
    [{ metric: { ...BASKET, correlation: 2 } as PlannedMetric }, 'out-of-range', 'metric.correlation'],
    [{ varianceSaved: 1 }, 'out-of-range', 'varianceSaved'],
    [{ plan: { method: 'always-valid', looks: 51 } }, 'out-of-range', 'plan.looks'],
    [{ plan: { method: 'always-valid' }, sides: 1 }, 'one-sided-always-valid', 'sides'],
    [
      { plan: { method: 'group-sequential' }, correction: 'dunnett', variants: 3 },
      'dunnett-needs-fixed-horizon',
      'correction',
    ],
    [
      { plan: { method: 'always-valid' }, hypothesis: { kind: 'equivalence' } },
      'equivalence-needs-fixed-horizon',
      'plan.method',
    ],
    [
      { hypothesis: { kind: 'non-inferiority', expectedEffect: 0.3 } },
      'expected-effect-beyond-margin',
      'hypothesis.expectedEffect',
    ],
    [{ clusters: { meanSize: 0, intraclassCorrelation: 0 } }, 'out-of-range', 'clusters.meanSize'],
    [{ traffic: { unitsPerDay: 0 } }, 'out-of-range', 'traffic.unitsPerDay'],
    [{ minimumDetectableEffect: 1e-12 }, 'too-many-units', 'minimumDetectableEffect'],
  ])('%j is refused: %s of %s', (change, reason, field) => {
    expect(answerPower({ ...GOOD, ...change })).toEqual({ status: 'refused', reason, field })
  })

  it('is also an effect that so few units could not find', () => {
    expect(answerPower({ metric: SHARE, unitsPerVariant: 2, power: 0.8 })).toMatchObject({
      reason: 'effect-not-reachable',
    })
  })

  it('is never answered with NaN', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 1 }), fc.integer({ min: -5, max: 1000 }))
    const question = fc.record(
      {
        unitsPerVariant: number,
        minimumDetectableEffect: number,
        power: number,
        alpha: number,
        variants: number,
        controlRatio: number,
        varianceSaved: number,
        hypothesis: fc.record({
          kind: fc.constantFrom('difference', 'non-inferiority', 'equivalence'),
          expectedEffect: number,
        }),
      },
      { requiredKeys: [] },
    )
    const metric = fc.oneof(
      fc.record({ kind: fc.constant('proportion'), baseline: number }),
      fc.record({ kind: fc.constant('mean'), baseline: number, standardDeviation: number }),
      fc.record({ kind: fc.constant('count'), baseline: number, dispersion: number }),
    )
    fc.assert(
      fc.property(question, metric, (asked, measured) => {
        const answer = answerPower({ ...asked, metric: measured } as PowerQuestion)
        if (answer.status === 'refused') return
        const { unitsPerVariant, units, minimumDetectableEffect, power } = answer
        for (const value of [unitsPerVariant, units, minimumDetectableEffect, power])
          expect(Number.isFinite(value)).toBe(true)
        expect(power).toBeGreaterThanOrEqual(0)
        expect(power).toBeLessThanOrEqual(1)
      }),
      { seed: 4, numRuns: 3000 },
    )
  })
})
