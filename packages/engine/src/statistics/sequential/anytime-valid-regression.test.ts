import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anytimeValidFTest, anytimeValidRadius, anytimeValidTTest } from './anytime-valid-regression.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('anytimeValidTTest', () => {
  // Closed form, mpmath, as log_G_t, t_radius and z_radius of R's avlm
  it.each([
    [3.5, 998, 1000, 1, 2.6333115453691063, 3.603333578985546, 3.5934829268760446],
    [0, 50, 52, 1, -1.985145956776061, 3.32245738657492, 3.1864288318254],
    [40, 10_000, 10_002, 1, 737.4889320653077, 3.900470072247524, 3.8991825785155627],
    [2.5, 10, 12, 0.5, 0.9250457051182108, 3.799366102315875, 3.0974351573748655],
  ])(
    'of t = %d with %d degrees of freedom',
    (t, degreesOfFreedom, rows, precision, logE, tRadius, zRadius) => {
      const { logEValue } = anytimeValidTTest({ t, degreesOfFreedom, rows, precision })
      expect(relativeError(logEValue, logE)).toBeLessThan(1e-13)
      expect(
        relativeError(anytimeValidRadius({ degreesOfFreedom, rows, precision }, 0.05), tRadius),
      ).toBeLessThan(1e-13)
      const known = { degreesOfFreedom: Number.POSITIVE_INFINITY, rows, precision }
      expect(relativeError(anytimeValidRadius(known, 0.05), zRadius)).toBeLessThan(1e-13)
    },
  )

  it('has p at alpha at its radius', () => {
    const degrees = fc.oneof(
      fc.double({ min: 1, max: 1e9, noNaN: true }),
      fc.constant(Number.POSITIVE_INFINITY),
    )
    const positive = fc.double({ min: -3, max: 9, noNaN: true }).map((x) => 10 ** x)
    fc.assert(
      fc.property(
        degrees,
        positive,
        positive,
        fc.constantFrom(0.2, 0.05, 1e-6),
        (nu, rows, precision, alpha) => {
          const radius = anytimeValidRadius({ degreesOfFreedom: nu, rows, precision }, alpha)
          if (radius === Number.POSITIVE_INFINITY || radius > 1e6) return
          const { pValue } = anytimeValidTTest({ t: radius, degreesOfFreedom: nu, rows, precision })
          expect(relativeError(pValue, alpha)).toBeLessThan(1e-6)
        },
      ),
      { seed: 1 },
    )
  })

  it('excludes nothing with too few rows', () => {
    const { logEValue } = anytimeValidTTest({ t: 1e200, degreesOfFreedom: 1, rows: 3, precision: 1 })
    expect(logEValue).toBeCloseTo(Math.log(4) / 2, 12)
    expect(anytimeValidRadius({ degreesOfFreedom: 1, rows: 3, precision: 1 }, 0.05)).toBe(
      Number.POSITIVE_INFINITY,
    )
  })
})

describe('anytimeValidFTest', () => {
  const test = {
    f: 10,
    numeratorDegreesOfFreedom: 3,
    denominatorDegreesOfFreedom: 996,
    rows: 1000,
    precision: 1,
  }

  // As log_G_f of R's avlm
  it('of three coefficients', () => {
    const { logEValue, pValue } = anytimeValidFTest(test)
    expect(relativeError(logEValue, 4.444884095567118)).toBeLessThan(1e-13)
    expect(relativeError(pValue, 0.011738466492400889)).toBeLessThan(1e-13)
  })

  it('answers NaN outside the domain', () => {
    for (const wrong of [
      { f: -1 },
      { f: Number.NaN },
      { numeratorDegreesOfFreedom: 0 },
      { denominatorDegreesOfFreedom: 0 },
      { rows: 0 },
      { precision: Number.POSITIVE_INFINITY },
    ])
      expect(anytimeValidFTest({ ...test, ...wrong }).pValue).toBeNaN()
    expect(anytimeValidRadius({ degreesOfFreedom: 10, rows: 12, precision: 1 }, 1)).toBeNaN()
  })
})
