import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { entry, matrixFromRows } from '../linear-algebra/matrix.ts'
import { logisticRegression } from './logistic-regression.ts'

describe('logisticRegression', () => {
  it('is the log odds ratio, and its usual standard error, for one binary feature', () => {
    const rows = [
      ...Array.from({ length: 30 }, (_, i) => [0, Number(i < 12)]),
      ...Array.from({ length: 50 }, (_, i) => [1, Number(i < 35)]),
    ] as [number, number][]
    const fit = logisticRegression(
      matrixFromRows(rows.map(([x]) => [x])),
      rows.map(([, label]) => label),
    )
    if (typeof fit === 'string') throw new Error(fit)
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(12 / 18), 13)
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(35 / 15 / (12 / 18)), 13)
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 18 + 1 / 35 + 1 / 15), 13)
    expect(entry(fit.covariance, 0, 1)).toBeCloseTo(-(1 / 12 + 1 / 18), 13)
    expect(fit.logLikelihood).toBeCloseTo(
      12 * Math.log(0.4) + 18 * Math.log(0.6) + 35 * Math.log(0.7) + 15 * Math.log(0.3),
      11,
    )
  })

  it('leaves a score of 0, also with features far from 0 and of very different size', () => {
    const random = new Random(2)
    const rows = Array.from({ length: 200 }, () => [1e6 + random.next(), 1e-6 * random.next()])
    const labels = rows.map(([x]) => Number(random.next() < (x as number) - 1e6))
    const fit = logisticRegression(matrixFromRows(rows), labels)
    if (typeof fit === 'string') throw new Error(fit)
    const score = labels.reduce((sum, label, i) => sum + label - (fit.fitted[i] as number), 0)
    const scoreOfSecond = labels.reduce(
      (sum, label, i) => sum + (rows[i]?.[1] as number) * 1e6 * (label - (fit.fitted[i] as number)),
      0,
    )
    expect(Math.abs(score)).toBeLessThan(1e-9)
    expect(Math.abs(scoreOfSecond)).toBeLessThan(1e-9)
  })

  it('shrinks with a penalty, also where the likelihood has no maximum', () => {
    const features = matrixFromRows([[1], [2], [3], [4]])
    const slopes = [0.1, 1, 10].map((penalty) => {
      const fit = logisticRegression(features, [0, 0, 1, 1], penalty)
      if (typeof fit === 'string') throw new Error(fit)
      expect(Number.isNaN(fit.standardErrors[1])).toBe(true)
      return fit.coefficients[1] as number
    })
    expect(slopes[0]).toBeGreaterThan(slopes[1] as number)
    expect(slopes[1]).toBeGreaterThan(slopes[2] as number)
    expect(slopes[2]).toBeGreaterThan(0)
  })

  it('fits the share alone without features', () => {
    const fit = logisticRegression({ rows: 4, columns: 0, data: new Float64Array() }, [1, 1, 1, 0])
    if (typeof fit === 'string') throw new Error(fit)
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(3), 13)
    expect(fit.standardErrors[0]).toBeCloseTo(Math.sqrt(1 / 3 + 1), 12)
  })

  it('says why it cannot fit', () => {
    const line = matrixFromRows([[1], [2], [3], [4]])
    expect(logisticRegression(line, [0, 0, 1, 1])).toBe('separation')
    expect(logisticRegression(matrixFromRows([[1], [2], [2], [3]]), [0, 0, 1, 1])).toBe('separation')
    expect(logisticRegression(matrixFromRows([[1], [1], [1]]), [0, 1, 0])).toBe('collinear')
    expect(logisticRegression(line, [1, 1, 1, 1])).toBe('no-comparison')
    expect(logisticRegression(line, [0, 1, 2, 0])).toBe('invalid-values')
    expect(logisticRegression(line, [0, 1])).toBe('invalid-values')
    expect(logisticRegression(matrixFromRows([[Number.NaN], [1]]), [0, 1])).toBe('invalid-values')
  })
})
