import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type SampleSizeQuestion, sampleSize, unitsForMeans, unitsForProportions } from './sample-size.ts'

describe('two proportions', () => {
  // SciPy 1.x: the n at which norm.cdf((√n |p₂ − p₁| − z √(2 p̄ q̄)) / √(p₁ q₁ + p₂ q₂)) reaches the power, by
  // brentq. The first is the example of R's power.prop.test, which prints n = 76.7.
  it.each([
    [0.5, 0.75, 0.05, 0.9, 76.70692845176916],
    [0.1, 0.12, 0.05, 0.8, 3840.847482436277],
    [0.03, 0.0315, 0.05, 0.8, 207937.88371479252],
    [0.2, 0.1, 0.01, 0.95, 450.77950184248283],
    [0.02, 0.021, 0.05 / 3, 0.9, 542533.6476798909],
    [0.5, 0.505, 0.05, 0.8, 156972.49130515562],
  ])('%d against %d, alpha %d, power %d', (control, treatment, alpha, power, expected) => {
    const units = unitsForProportions(control, treatment, { alpha, power })
    expect(Math.abs(units / expected - 1)).toBeLessThan(1e-11)
    expect(unitsForProportions(treatment, control, { alpha, power })).toBeCloseTo(units, 6)
  })

  it.each([
    [0, 0.1],
    [0.1, 1],
    [0.1, 0.1],
    [-0.1, 0.2],
    [Number.NaN, 0.2],
  ])('%d against %d is outside the domain', (control, treatment) => {
    expect(unitsForProportions(control, treatment, { alpha: 0.05, power: 0.8 })).toBeNaN()
  })
})

describe('two means', () => {
  // SciPy 1.x: exact power by the noncentral t distribution (nct), solved for n by brentq. The first is the
  // example of R's power.t.test, which prints n = 22.02110.
  it.each([
    [1, 0.05, 0.9, 22.02109557009654],
    [0.5, 0.05, 0.8, 63.765763724850736],
    [0.2, 0.01, 0.9, 745.6299678556821],
    [0.1, 0.05 / 4, 0.8, 2231.7807510544985],
    [0.05, 0.05, 0.8, 6280.06429630707],
    [0.02, 0.05 / 9, 0.95, 97585.59857798064],
  ])('%d standard deviations apart, alpha %d, power %d', (difference, alpha, power, exact) => {
    const units = unitsForMeans(difference, 1, { alpha, power })
    expect(Math.abs(units - exact)).toBeLessThan(0.05)
    const withoutCorrection = units - normalQuantile(alpha / 2) ** 2 / 4
    expect(Math.abs(withoutCorrection - exact)).toBeGreaterThan(0.9)
    expect(unitsForMeans(-30 * difference, 30, { alpha, power })).toBeCloseTo(units, 6)
  })

  it.each([
    [0, 1],
    [1, 0],
    [1, -1],
    [Number.NaN, 1],
  ])('a difference of %d at a deviation of %d is outside the domain', (difference, deviation) => {
    expect(unitsForMeans(difference, deviation, { alpha: 0.05, power: 0.8 })).toBeNaN()
  })
})

describe('error rates outside their domain', () => {
  it.each([
    { alpha: 0, power: 0.8 },
    { alpha: 1, power: 0.8 },
    { alpha: 0.05, power: 1 },
    { alpha: 0.05, power: 0.4 },
    { alpha: Number.NaN, power: 0.8 },
  ])('%j', (rates) => {
    expect(unitsForProportions(0.1, 0.12, rates)).toBeNaN()
    expect(unitsForMeans(1, 1, rates)).toBeNaN()
  })
})

describe('an experiment', () => {
  const conversion: SampleSizeQuestion = {
    kind: 'proportion',
    baseline: 0.1,
    minimumDetectableEffect: 0.2,
    variants: 2,
    alpha: 0.05,
    power: 0.8,
  }

  it('needs as many units as its variants together', () => {
    expect(sampleSize(conversion)).toEqual({
      unitsPerVariant: 3841,
      units: 7682,
      method: expect.stringContaining('Fleiss 1981'),
      correction: { method: 'bonferroni', comparisons: 1 },
    })
  })

  it('divides alpha among its comparisons', () => {
    const { unitsPerVariant, units, correction } = sampleSize({ ...conversion, variants: 5 })
    const each = unitsForProportions(0.1, 0.1 * 1.2, { alpha: 0.0125, power: 0.8 })
    expect([unitsPerVariant, units]).toEqual([Math.ceil(each), 5 * Math.ceil(each)])
    expect(correction).toEqual({ method: 'bonferroni', comparisons: 4 })
  })

  it('takes whole days, longer where only a part of the units takes part', () => {
    expect(sampleSize({ ...conversion, unitsPerDay: 1000 }).days).toBe(8)
    expect(sampleSize({ ...conversion, unitsPerDay: 1000, coverage: 0.1 }).days).toBe(77)
  })

  it('takes the change of a mean as a part of it', () => {
    const spend = { ...conversion, kind: 'mean', baseline: 40, minimumDetectableEffect: -0.05 } as const
    const { unitsPerVariant, method } = sampleSize({ ...spend, standardDeviation: 20 })
    expect(unitsPerVariant).toBe(Math.ceil(unitsForMeans(2, 20, { alpha: 0.05, power: 0.8 })))
    expect(method).toContain('Guenther 1981')
    expect(sampleSize(spend).units).toBeNaN()
  })
})
