import { describe, expect, it } from 'vitest'
import { EXAMPLE, type PowerDraft, questionOf } from './power-draft.ts'
import { refusalInWords } from './refusal-words.ts'

describe('the question', () => {
  it('is asked as the example stands', () => {
    expect(questionOf(EXAMPLE)).toMatchObject({
      metric: { kind: 'proportion', baseline: 0.1 },
      minimumDetectableEffect: 0.1,
      power: 0.8,
      alpha: 0.05,
      plan: { method: 'fixed-horizon' },
      traffic: { unitsPerDay: 1000, coverage: 1 },
    })
    expect(questionOf(EXAMPLE)).not.toHaveProperty('unitsPerVariant')
  })

  it.each<[Partial<PowerDraft>, object]>([
    [{ unknown: 'power' }, { unitsPerVariant: 10_000, minimumDetectableEffect: 0.1 }],
    [
      { unknown: 'minimumDetectableEffect', direction: 'decrease' },
      { power: 0.8, direction: 'decrease' },
    ],
    [
      { effectScale: 'absolute', effect: 2 },
      { minimumDetectableEffect: 0.02, effectScale: 'absolute' },
    ],
    [
      { kind: 'mean', baseline: 40, standardDeviation: 20, effectScale: 'absolute', effect: 2 },
      { minimumDetectableEffect: 2, metric: { kind: 'mean', baseline: 40, standardDeviation: 20 } },
    ],
    [{ kind: 'count', baseline: 3, dispersion: '' }, { metric: { kind: 'count', baseline: 3 } }],
    [{ controlRatio: '' }, { controlRatio: 'optimal' }],
    [{ covariateCorrelation: 0.5 }, { varianceSaved: 0.25 }],
    [
      { clusterSize: 20, intraclassCorrelation: 0.1 },
      { clusters: { meanSize: 20, intraclassCorrelation: 0.1 } },
    ],
    [{ method: 'group-sequential', looks: 4 }, { plan: { looks: 4, spending: 'obrien-fleming' } }],
    [
      { hypothesis: 'non-inferiority', effect: -5 },
      { minimumDetectableEffect: -0.05, hypothesis: { kind: 'non-inferiority', expectedEffect: 0 } },
    ],
  ])('%j', (change, expected) => {
    expect(questionOf({ ...EXAMPLE, ...change })).toMatchObject(expected)
  })

  it.each<Partial<PowerDraft>>([
    { baseline: '' },
    { effect: '' },
    { powerPercent: '' },
    { unknown: 'power', unitsPerVariant: '' },
    { kind: 'mean', baseline: 40 },
    { kind: 'ratio' },
    { alphaPercent: '' },
    { variants: '' },
  ])('is not asked while something is missing: %j', (change) => {
    expect(questionOf({ ...EXAMPLE, ...change })).toBeUndefined()
  })
})

it('tells refusals by the words of the page', () => {
  expect(
    refusalInWords('The request does not have the expected form: metric.numerator.mean must be a number.'),
  ).toBe('The mean above the line must be a number.')
  expect(refusalInWords('The server is stopping.')).toBe('The server is stopping.')
})
