import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proportionTestPower, proportionTestUnits } from './proportion-power.ts'
import { unitsForProportions } from './sample-size.ts'

const DESIGN = { ratio: 1, alpha: 0.05, sides: 2 } as const
const relative = (value: number, expected: number) => Math.abs(value / expected - 1)

describe('two proportions', () => {
  // mpmath, 40 digits.
  it('has the power of the closed form', () => {
    const { pooled, unpooled } = proportionTestPower({ control: 0.9, treatment: 0.92 }, 600, {
      ...DESIGN,
      alpha: 0.01,
    })
    expect(relative(pooled, 0.08601250502529337)).toBeLessThan(1e-12)
    expect(relative(unpooled, 0.08626019689990895)).toBeLessThan(1e-12)
  })

  it('needs the units of the closed forms', () => {
    const units = proportionTestUnits({ control: 0.2, treatment: 0.4 }, 0.8, DESIGN)
    expect(relative(units.pooled, 81.22424069545548)).toBeLessThan(1e-12)
    expect(relative(units.unpooled, 78.48879734349089)).toBeLessThan(1e-12)
    expect(relative(units.arcsine, 80.29930632621127)).toBeLessThan(1e-12)
    expect(relative(units.continuityCorrected, 90.9493624629645)).toBeLessThan(1e-12)
  })

  it('rejects as often as alpha says without a difference', () => {
    const same = { control: 0.3, treatment: 0.3 }
    expect(proportionTestPower(same, 50, { ...DESIGN, ratio: 3 }).pooled).toBeCloseTo(0.05, 14)
    expect(proportionTestUnits(same, 0.8, DESIGN).pooled).toBeNaN()
  })

  it('finds with its units what it is to find', () => {
    const shares = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(
        shares,
        shares,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (control, treatment, ratio) => {
          fc.pre(Math.abs(control - treatment) > 1e-6)
          const design = { ratio, alpha: 0.02, sides: 1 } as const
          const units = proportionTestUnits({ control, treatment }, 0.85, design)
          const powerWith = (n: number) => proportionTestPower({ control, treatment }, n, design)
          expect(powerWith(units.pooled).pooled).toBeCloseTo(0.85, 9)
          expect(powerWith(units.unpooled).unpooled).toBeCloseTo(0.85, 9)
          expect(units.continuityCorrected).toBeGreaterThan(units.pooled)
          const equal = proportionTestUnits({ control, treatment }, 0.85, { ...DESIGN, alpha: 0.04 })
          const known = unitsForProportions(control, treatment, { alpha: 0.04, power: 0.85 })
          expect(relative(equal.pooled, known)).toBeLessThan(1e-12)
        },
      ),
      { seed: 2, numRuns: 200 },
    )
  })

  it.each([
    [-0.1, 0.5, DESIGN],
    [0.1, 1.5, DESIGN],
    [0, 1, DESIGN],
    [0.1, 0.2, { ...DESIGN, ratio: Number.NaN }],
    [0.1, 0.2, { ...DESIGN, alpha: 1 }],
  ])('%d against %d under %j is outside the domain', (control, treatment, design) => {
    expect(proportionTestPower({ control, treatment }, 100, design).pooled).toBeNaN()
  })
})
