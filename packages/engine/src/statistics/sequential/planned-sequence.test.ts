import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalVariate } from '../variates/variates.ts'
import { plannedRadius, plannedSequence } from './planned-sequence.ts'

const alphas = fc.constantFrom(0.5, 0.2, 0.05, 0.01, 1e-4, 1e-8)
const times = fc.double({ min: -9, max: 9, noNaN: true }).map((x) => 10 ** x)

describe('plannedSequence', () => {
  it('has p at alpha where the interval touches 0', () => {
    fc.assert(
      fc.property(alphas, times, (alpha, time) => {
        const radius = plannedRadius(time, alpha)
        const look = { estimate: radius, standardError: 1, units: time * 1000 }
        const { pValue, low } = plannedSequence(look, { alpha, plannedUnits: 1000 })
        expect(Math.abs(low)).toBeLessThan(1e-12 * radius)
        expect(pValue / alpha).toBeCloseTo(1, 9)
      }),
      { seed: 1 },
    )
  })

  it('is narrow around the planned sample, and narrower than the normal mixture there', () => {
    const radii = [0.125, 0.5, 1, 2, 16].map((time) => plannedRadius(time, 0.05))
    expect(radii.map((radius) => +radius.toFixed(2))).toEqual([3.41, 2.94, 2.8, 2.94, 3.83])
  })

  it('keeps the order of magnitude of p where p is 0', () => {
    const look = { estimate: 60, standardError: 1, units: 1000 }
    const { pValue, log10PValue } = plannedSequence(look, { alpha: 0.05, plannedUnits: 1000 })
    expect(pValue).toBe(0)
    expect(log10PValue).toBeLessThan(-320)
    expect(Number.isFinite(log10PValue)).toBe(true)
  })

  it('answers NaN outside the domain', () => {
    const look = { estimate: 1, standardError: 1, units: 100 }
    const settings = { alpha: 0.05, plannedUnits: 1000 }
    for (const [wrongLook, wrongSettings] of [
      [{ ...look, standardError: 0 }, settings],
      [{ ...look, units: 0 }, settings],
      [{ ...look, estimate: Number.NaN }, settings],
      [look, { ...settings, alpha: 1 }],
      [look, { ...settings, plannedUnits: 0 }],
    ] as const)
      expect(plannedSequence(wrongLook, wrongSettings).pValue).toBeNaN()
  })

  // 4,000 walks of 2,000 steps up to four times the plan, looked at after every step: an error rate of at most 5 %
  // leaves more than 5 % + 4 × 0.35 % in fewer than one of 30,000 such simulations.
  it('errs at most as often as it may, looked at after every step', () => {
    const random = new Random(5)
    const [walks, steps] = [4000, 2000]
    const radii = Array.from({ length: steps }, (_, i) => plannedRadius((4 * (i + 1)) / steps, 0.05))
    let wrong = 0
    for (let walk = 0; walk < walks; walk++) {
      let sum = 0
      for (let i = 0; i < steps; i++) {
        sum += normalVariate(random)
        if (Math.abs(sum) / Math.sqrt(i + 1) < (radii[i] as number)) continue
        wrong++
        break
      }
    }
    expect(wrong / walks).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / walks))
    expect(wrong / walks).toBeGreaterThan(0.015)
  })
})
