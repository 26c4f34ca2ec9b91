import { describe, expect, it } from 'vitest'
import { type PowerReport, powerReport } from './power-curves.ts'
import type { PowerQuestion } from './power-question.ts'

const QUESTION: PowerQuestion = {
  metric: { kind: 'proportion', baseline: 0.1 },
  minimumDetectableEffect: -0.2,
  power: 0.8,
  traffic: { unitsPerDay: 500 },
}

function reportOf(question: PowerQuestion): PowerReport {
  const report = powerReport(question)
  if (report.status === 'refused') throw new Error(report.reason)
  return report
}

describe('a report', () => {
  const { answer, powerCurve, effectCurve, alternatives } = reportOf(QUESTION)

  it('has curves through the answer', () => {
    const here = (points: readonly { unitsPerVariant: number }[]) =>
      points.find(({ unitsPerVariant }) => unitsPerVariant === answer.unitsPerVariant)
    expect(here(powerCurve)).toEqual({
      unitsPerVariant: answer.unitsPerVariant,
      power: answer.power,
      duration: answer.duration,
    })
    expect(here(effectCurve)).toMatchObject({ minimumDetectableEffect: expect.closeTo(-0.2, 4) })
  })

  it('has power that rises with units, and effects that shrink', () => {
    const powers = powerCurve.map(({ power }) => power)
    expect(powers).toEqual([...powers].sort((a, b) => a - b))
    const effects = effectCurve.map(({ minimumDetectableEffect }) => minimumDetectableEffect)
    expect(effects).toEqual([...effects].sort((a, b) => a - b))
  })

  it('names what other powers and effects would need', () => {
    expect(alternatives).toHaveLength(9)
    expect(alternatives[1]).toMatchObject({
      power: 0.8,
      minimumDetectableEffect: -0.2,
      unitsPerVariant: answer.unitsPerVariant,
      units: answer.units,
      duration: answer.duration,
    })
    const lift = { ...QUESTION, minimumDetectableEffect: -0.6 }
    // Twice a decrease by 60 % would be below 0.
    expect(reportOf(lift).alternatives[2]).toEqual({ power: 0.8, minimumDetectableEffect: -1.2 })
  })

  it('is refused with its answer', () => {
    expect(powerReport({ ...QUESTION, alpha: 2 })).toEqual({
      status: 'refused',
      reason: 'out-of-range',
      field: 'alpha',
    })
  })

  it('also has curves where the power or the effect was unknown', () => {
    const { minimumDetectableEffect: _, ...rest } = QUESTION
    expect(reportOf({ ...rest, unitsPerVariant: 3000 }).effectCurve).toHaveLength(24)
    const powerUnknown = { ...rest, minimumDetectableEffect: 0.1, unitsPerVariant: 3000 } as PowerQuestion
    const { power: _p, ...asked } = powerUnknown
    expect(reportOf(asked)).toMatchObject({ targetPower: 0.8, answer: { solvedFor: 'power' } })
  })
})
