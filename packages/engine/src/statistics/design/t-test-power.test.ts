import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TTestDesign, tTestDetectableEffect, tTestPower, tTestUnits } from './t-test-power.ts'

const TWO_SIDED: TTestDesign = { ratio: 1, alpha: 0.05, sides: 2 }
const relative = (value: number, expected: number) => Math.abs(value / expected - 1)

describe('power of the t test', () => {
  // mpmath, 40 digits, by the noncentral t distribution.
  it.each([
    [0.5, 64, TWO_SIDED, 0.8014595579222541],
    [0.2, 394, TWO_SIDED, 0.8005931284024346],
    [0.3, 100, { ratio: 2, alpha: 0.05, sides: 2 }, 0.6849692864761346],
    [0.02, 40000, TWO_SIDED, 0.8074211290130278],
  ] as const)('of %d standard deviations with %d units', (effect, units, design, expected) => {
    const { power, miss } = tTestPower(effect, units, design)
    expect(relative(power, expected)).toBeLessThan(1e-13)
    expect(power + miss).toBeCloseTo(1, 14)
  })

  it('counts both sides', () => {
    expect(tTestPower(0, 30, TWO_SIDED).power).toBeCloseTo(0.05, 13)
    expect(tTestPower(0, 30, { ...TWO_SIDED, sides: 1 }).power).toBeCloseTo(0.05, 13)
    expect(tTestPower(-0.4, 30, TWO_SIDED)).toEqual(tTestPower(0.4, 30, TWO_SIDED))
    expect(tTestPower(-0.4, 30, { ...TWO_SIDED, sides: 1 }).power).toBeLessThan(0.001)
  })

  it('keeps the digits of a small chance to miss', () => {
    const { power, miss } = tTestPower(1, 1000, TWO_SIDED)
    expect(power).toBe(1)
    expect(miss).toBeGreaterThan(0)
    // mpmath, 30 digits.
    expect(Math.log10(miss)).toBeCloseTo(-91.98835918, 7)
  })

  it('answers NaN outside the domain', () => {
    const outside: [number, number, TTestDesign][] = [
      [0.5, 1, TWO_SIDED],
      [Number.NaN, 10, TWO_SIDED],
      [0.5, 10, { ...TWO_SIDED, alpha: 0 }],
      [0.5, 10, { ...TWO_SIDED, ratio: 0 }],
    ]
    for (const [effect, units, design] of outside) expect(tTestPower(effect, units, design).power).toBeNaN()
    expect(tTestUnits(0, 0.8, TWO_SIDED)).toBeNaN()
    expect(tTestUnits(-0.5, 0.8, { ...TWO_SIDED, sides: 1 })).toBeNaN()
    expect(tTestUnits(0.5, 0.05, TWO_SIDED)).toBeNaN()
    expect(tTestDetectableEffect(1, 0.8, TWO_SIDED)).toBeNaN()
  })
})

describe('units and detectable effect', () => {
  it('have the power that was asked for', () => {
    const designs = fc.record({
      ratio: fc.double({ min: 0.05, max: 20, noNaN: true }),
      alpha: fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
      sides: fc.constantFrom(1 as const, 2 as const),
    })
    const effects = fc.double({ min: -4, max: 0.5, noNaN: true }).map((exponent) => 10 ** exponent)
    const powers = fc.double({ min: 0.4, max: 0.9999, noNaN: true })
    fc.assert(
      fc.property(designs, effects, powers, (design, effect, power) => {
        const units = tTestUnits(effect, power, design)
        expect(relative(tTestPower(effect, units, design).power, power)).toBeLessThan(1e-9)
        expect(relative(tTestDetectableEffect(units, power, design), effect)).toBeLessThan(1e-8)
      }),
      { seed: 1, numRuns: 150 },
    )
  })

  it('reach from a handful of units to a billion', () => {
    for (const effect of [100, 10, 1e-4, 1e-7]) {
      const units = tTestUnits(effect, 0.8, TWO_SIDED)
      expect(units).toBeGreaterThan(1)
      expect(relative(tTestPower(effect, units, TWO_SIDED).power, 0.8)).toBeLessThan(1e-9)
    }
  })
})
