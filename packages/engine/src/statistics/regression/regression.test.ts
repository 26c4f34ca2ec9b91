import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { entry, matrixFromRows, rowsOf } from '../linear-algebra/matrix.ts'
import { ratioOfTotals } from '../metrics/ratio-of-totals.ts'
import { CrossMoments } from '../moments/cross-moments.ts'
import { clusterRobust } from './cluster-robust.ts'
import { covarianceOf, diagonalRoots, linearRegression, standardErrors } from './linear-regression.ts'
import { solveNormalEquations } from './normal-equations.ts'

type Fitted = NonNullable<ReturnType<typeof linearRegression>>

function fit(rows: number[][], outcomes: number[]): Fitted {
  return linearRegression(matrixFromRows(rows), outcomes) as Fitted
}

describe('linearRegression', () => {
  // statsmodels 0.13.5, OLS(y, [1, t, x − mean x]) with HC0_se … HC2_se
  const x = [7.23421, 6.36175, 4.61198, 0.86454, 3.72349, 1.22602, 1.24513]
  const mean = x.reduce((sum, value) => sum + value, 0) / 7
  const rows = x.map((value, i) => [1, i < 3 ? 0 : 1, value - mean])
  const fitted = fit(rows, [2.9237, 2.93036, 2.75124, 1.54721, 1.25121, 0.8459, 3.12966])

  it.each([
    ['classic', [0.8686970717826843, 1.4100767967592787, 0.2899722752000887]],
    ['hc0', [0.3437346637769431, 0.4206021899556919, 0.1268158035473973]],
    ['hc1', [0.45471821867309675, 0.5564043977559547, 0.16776153924961795]],
    ['hc2', [0.4863822500535961, 0.7101168711051798, 0.17569040822857898]],
  ] as const)('%s', (kind, expected) => {
    for (const [j, value] of standardErrors(fitted, kind).entries())
      expect(value).toBeCloseTo(expected[j] as number, 12)
  })

  it('hc3 is the jackknife of the coefficients about the fit, up to its factor', () => {
    // β − β₍ᵢ₎ = (XᵀX)⁻¹ xᵢ eᵢ / (1 − hᵢ), and hc3 sums its squares
    const y = [2.9237, 2.93036, 2.75124, 1.54721, 1.25121, 0.8459, 3.12966]
    let sum = 0
    for (let i = 0; i < 7; i++) {
      const without = fit(
        rows.filter((_, k) => k !== i),
        y.filter((_, k) => k !== i),
      )
      sum += (Number(without.coefficients[1]) - Number(fitted.coefficients[1])) ** 2
    }
    expect(standardErrors(fitted, 'hc3')[1]).toBeCloseTo(Math.sqrt(sum), 11)
  })

  it('is NaN where a row determines a coefficient alone, or no degree of freedom is left', () => {
    const lonely = fit(
      [
        [1, 0],
        [1, 0],
        [1, 1],
      ],
      [1, 2, 5],
    )
    expect(standardErrors(lonely, 'hc3')[1]).toBeNaN()
    expect(standardErrors(lonely, 'hc0')[1]).toBeGreaterThan(0)
    const full = fit(
      [
        [1, 0],
        [1, 1],
      ],
      [1, 2],
    )
    expect(standardErrors(full, 'classic')[0]).toBeNaN()
    expect(standardErrors(full, 'hc1')[0]).toBeNaN()
  })

  it('is undefined for what cannot be fitted', () => {
    expect(linearRegression(matrixFromRows([[1]]), [1, 2])).toBeUndefined()
    expect(linearRegression(matrixFromRows([]), [])).toBeUndefined()
    expect(linearRegression(matrixFromRows([[Number.NaN]]), [1])).toBeUndefined()
    expect(linearRegression(matrixFromRows([[1]]), [Number.POSITIVE_INFINITY])).toBeUndefined()
  })
})

describe('clusterRobust', () => {
  const random = new Random(8)
  const rows: number[][] = []
  const outcomes: number[] = []
  const clusters: number[] = []
  for (let cluster = 0; cluster < 30; cluster++) {
    const shared = random.next()
    for (let i = 0; i <= cluster % 5; i++) {
      rows.push([1, cluster % 2])
      outcomes.push(shared + random.next())
      clusters.push(cluster)
    }
  }
  const fitted = fit(rows, outcomes)

  it('is the plain robust covariance where every row is its own cluster', () => {
    const alone = clusterRobust(fitted, Array.from(rows.keys()), 'cr0')
    const expected = rowsOf(covarianceOf(fitted, 'hc0')).flat()
    for (const [i, value] of [...(alone?.covariance.data ?? [])].entries())
      expect(value).toBeCloseTo(expected[i] as number, 14)
    expect(alone?.degreesOfFreedom).toBe(rows.length - 1)
  })

  it('of a mean is the delta method for the ratio of totals over clusters, up to (G − 1) / G', () => {
    const moments = new CrossMoments(1, 2)
    for (let cluster = 0; cluster < 30; cluster += 2) {
      const own = outcomes.filter((_, i) => clusters[i] === cluster)
      moments.add(0, [own.reduce((sum, y) => sum + y, 0), own.length], 1)
    }
    const robust = clusterRobust(fitted, clusters, 'cr0')
    const { value, variance } = ratioOfTotals(moments.summary(0))
    expect(fitted.coefficients[0]).toBeCloseTo(value, 13)
    expect(robust && entry(robust.covariance, 0, 0)).toBeCloseTo((variance * 14) / 15, 14)
  })

  it('cr1 grows by the published factor', () => {
    const [cr0, cr1] = [clusterRobust(fitted, clusters, 'cr0'), clusterRobust(fitted, clusters, 'cr1')]
    const factor = (30 / 29) * ((rows.length - 1) / (rows.length - 2))
    const [small, large] = [cr0 && diagonalRoots(cr0.covariance), cr1 && diagonalRoots(cr1.covariance)]
    expect(Number(large?.[1]) / Number(small?.[1])).toBeCloseTo(Math.sqrt(factor), 14)
  })

  it('is undefined below two clusters and where lengths differ', () => {
    expect(
      clusterRobust(
        fitted,
        rows.map(() => 'one'),
        'cr1',
      ),
    ).toBeUndefined()
    expect(clusterRobust(fitted, [1, 2], 'cr1')).toBeUndefined()
  })
})

describe('solveNormalEquations', () => {
  it('inverts what it uses', () => {
    const products = matrixFromRows([
      [4, 2, 0],
      [2, 5, 0],
      [0, 0, 0],
    ])
    const { coefficients, inverse, rank, isUsed } = solveNormalEquations(products, [8, 12, 0], [0, 0, 7], 10)
    // 4a + 2b = 8, 2a + 5b = 12
    expect(coefficients[0]).toBeCloseTo(1, 14)
    expect(coefficients[1]).toBeCloseTo(2, 14)
    expect(coefficients[2]).toBe(0)
    expect(rank).toBe(2)
    expect(isUsed).toEqual([true, true, false])
    expect(entry(inverse, 0, 0)).toBeCloseTo(5 / 16, 14)
    expect(entry(inverse, 0, 1)).toBeCloseTo(-2 / 16, 14)
    expect(entry(inverse, 2, 2)).toBe(0)
  })
})
