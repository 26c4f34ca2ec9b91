import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { ratioOfTotals } from '../metrics/ratio-of-totals.ts'
import { CrossMoments, type MomentsSummary } from '../moments/cross-moments.ts'
import { adjustForCovariates } from './covariate-adjustment.ts'
import { postStratify, postStratifyRatio, type Stratum } from './post-stratification.ts'

const EMPTY = new CrossMoments(1, 1).summary(0)

function summary(units: number, mean: number, variance: number): MomentsSummary {
  return { units, mean: [mean], covariance: [[variance]] }
}

describe('postStratify', () => {
  it('weighs the strata by their units, by hand', () => {
    const result = postStratify([
      { control: summary(60, 10, 4), treatment: summary(20, 11, 5) },
      { control: summary(10, 20, 9), treatment: summary(10, 24, 16) },
    ])
    // Weights 0.8 and 0.2
    expect(result?.difference).toBeCloseTo(0.8 * 1 + 0.2 * 4, 14)
    expect(result?.control.value).toBeCloseTo(12, 14)
    expect(result?.treatment.value).toBeCloseTo(13.6, 14)
    const within = 0.64 * (4 / 60 + 5 / 20) + 0.04 * (9 / 10 + 16 / 10)
    const population = (0.8 * (1 - 1.6) ** 2 + 0.2 * (4 - 1.6) ** 2) / 100
    expect(result?.standardError).toBeCloseTo(Math.sqrt(within + population), 14)
    const { control, treatment, covariance, standardError } = result as NonNullable<typeof result>
    expect(control.variance + treatment.variance - 2 * covariance).toBeCloseTo(standardError ** 2, 13)
    // Without strata: means weighted by each variant's own units
    expect(result?.unadjusted.difference).toBeCloseTo((220 + 240) / 30 - (600 + 200) / 70, 13)
  })

  it('of one stratum is Welch’s comparison', () => {
    const [control, treatment] = [summary(30, 1, 2), summary(40, 3, 5)]
    const [one, plain] = [postStratify([{ control, treatment }]), adjustForCovariates(control, treatment)]
    expect(one?.difference).toBe(plain?.difference)
    expect(one?.standardError).toBeCloseTo(plain?.standardError as number, 14)
    expect(one?.degreesOfFreedom).toBeCloseTo(plain?.degreesOfFreedom as number, 11)
    expect(one?.varianceSaved).toBeCloseTo(0, 14)
  })

  it('takes small strata together', () => {
    const large = { control: summary(60, 10, 4), treatment: summary(20, 11, 5) }
    const small = { control: summary(1, 3, Number.NaN), treatment: summary(5, 4, 1) }
    const smaller = { control: summary(4, 3, 1), treatment: EMPTY }
    const together = postStratify([small, large, smaller])
    expect([together?.strata, together?.merged]).toEqual([2, 2])
    expect(Number.isFinite(together?.standardError)).toBe(true)
    // Not enough even together: they join the smallest of the others.
    const joined = postStratify([large, smaller])
    expect([joined?.strata, joined?.merged]).toEqual([1, 1])
    expect(joined?.difference).toBeCloseTo(11 - 612 / 64, 13)
  })

  it('is undefined where a variant has not two units, and for values that are not finite', () => {
    expect(postStratify([])).toBeUndefined()
    expect(postStratify([{ control: summary(10, 1, 1), treatment: EMPTY }])).toBeUndefined()
    expect(
      postStratify([{ control: summary(10, Number.NaN, 1), treatment: summary(10, 1, 1) }]),
    ).toBeUndefined()
  })

  it('saves the variance between strata, and holds its confidence', () => {
    const random = new Random(40)
    const rounds = 1000
    let [misses, saved] = [0, 0]
    for (let i = 0; i < rounds; i++) {
      const moments = new CrossMoments(8, 1)
      for (let unit = 0; unit < 240; unit++) {
        const stratum = Math.floor(4 * random.next())
        const value = 3 * stratum + random.next() + random.next()
        moments.add(2 * stratum + (random.next() < 0.5 ? 1 : 0), [value], 1)
      }
      const strata = [0, 1, 2, 3].map((k) => ({
        control: moments.summary(2 * k),
        treatment: moments.summary(2 * k + 1),
      }))
      const result = postStratify(strata) as NonNullable<ReturnType<typeof postStratify>>
      if (Math.abs(result.difference) > 1.97 * result.standardError) misses++
      saved += result.varianceSaved / rounds
    }
    // 5 % of 1000 is 50, its standard deviation 6.9; 4 of them to either side.
    expect(Math.abs(misses - 50)).toBeLessThan(28)
    expect(saved).toBeGreaterThan(0.95)
  })
})

describe('postStratifyRatio', () => {
  const strataOf = (random: Random): Stratum[] => {
    const moments = new CrossMoments(4, 2)
    for (let unit = 0; unit < 400; unit++) {
      const stratum = Math.floor(2 * random.next())
      const views = 1 + Math.floor(10 * random.next())
      moments.add(2 * stratum + (random.next() < 0.5 ? 1 : 0), [views * (stratum + random.next()), views], 1)
    }
    return [0, 1].map((k) => ({ control: moments.summary(2 * k), treatment: moments.summary(2 * k + 1) }))
  }

  it('is the difference of the ratios of weighted totals', () => {
    const strata = strataOf(new Random(50))
    const result = postStratifyRatio(strata)
    const units = strata.map(({ control, treatment }) => control.units + treatment.units)
    const total = (side: keyof Stratum, i: number) =>
      strata.reduce((sum, stratum, k) => sum + (units[k] as number) * (stratum[side].mean[i] as number), 0)
    const expected = total('treatment', 0) / total('treatment', 1) - total('control', 0) / total('control', 1)
    expect(result?.difference).toBeCloseTo(expected, 13)
    expect(result?.control.value).toBeCloseTo(total('control', 0) / total('control', 1), 13)
    expect(result?.varianceSaved).toBeGreaterThan(0.5)
  })

  it('of one stratum is the plain ratio', () => {
    const [stratum] = strataOf(new Random(51)) as [Stratum]
    const result = postStratifyRatio([stratum])
    const [c, t] = [ratioOfTotals(stratum.control), ratioOfTotals(stratum.treatment)]
    expect(result?.difference).toBeCloseTo(t.value - c.value, 13)
    expect(result?.standardError).toBeCloseTo(Math.sqrt(c.variance + t.variance), 13)
  })

  it('is undefined without a denominator', () => {
    const covariance = [
      [1, 0],
      [0, 0],
    ]
    const none = { units: 10, mean: [1, 0], covariance }
    expect(postStratifyRatio([{ control: none, treatment: none }])).toBeUndefined()
  })
})
