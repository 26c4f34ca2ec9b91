import { describe, expect, it } from 'vitest'
import { normalSf } from '../../distributions/normal.ts'
import { efficacyBoundaries } from './boundaries.ts'
import { stageWiseInterval, stageWisePValue } from './stage-wise.ts'

const information = [0.2, 0.4, 0.6, 0.8, 1]
const upper = efficacyBoundaries({ information, alpha: 0.05, sides: 2, spending: { kind: 'obrien-fleming' } })
const rule = { information, upper, lower: upper.map((z) => -z) }

describe('stageWisePValue', () => {
  // R: rpact getAnalysisResults, finalPValues; z is rounded to 2.9 in its output
  it('of a test that stopped at its third look', () => {
    const stopped = { information: [0.2, 0.4, 0.6, 1], upper: [2.4878815, 2.4031352, 2.3549063, 2.2955206] }
    expect(stageWisePValue({ rule: stopped, look: 2, z: 2.9 }, 1)).toBeCloseTo(0.013371274, 7)
  })

  it('is the plain one at the first look, and alpha at the last boundary', () => {
    expect(stageWisePValue({ rule, look: 0, z: 5 }, 2)).toBeCloseTo(2 * normalSf(5), 20)
    expect(stageWisePValue({ rule, look: 4, z: upper[4] as number }, 2)).toBeCloseTo(0.05, 13)
    expect(stageWisePValue({ rule, look: 4, z: -(upper[4] as number) }, 2)).toBeCloseTo(0.05, 13)
    expect(stageWisePValue({ rule, look: 4, z: 0 }, 2)).toBe(1)
  })

  it('ranks earlier stopping before larger z', () => {
    const p = (look: number, z: number) => stageWisePValue({ rule, look, z }, 2)
    expect(p(1, upper[1] as number)).toBeLessThan(p(2, 5))
    expect(p(2, 5)).toBeLessThan(p(2, upper[2] as number))
  })

  it('answers NaN outside the domain', () => {
    expect(stageWisePValue({ rule, look: 5, z: 2 }, 2)).toBeNaN()
    expect(stageWisePValue({ rule, look: -1, z: 2 }, 2)).toBeNaN()
    expect(stageWisePValue({ rule, look: 1, z: Number.NaN }, 1)).toBeNaN()
  })
})

describe('stageWiseInterval', () => {
  it('is the plain one at the first look', () => {
    const { low, high, estimate } = stageWiseInterval({ rule, look: 0, z: 5 }, 0.01, 0.05)
    expect(estimate).toBeCloseTo(0.05, 12)
    expect(low).toBeCloseTo(0.05 - 0.01959963984540054, 12)
    expect(high).toBeCloseTo(0.05 + 0.01959963984540054, 12)
  })

  it('touches 0 where p is alpha, and pulls the estimate towards 0', () => {
    const stopped = { rule, look: 4, z: upper[4] as number }
    const { low, estimate } = stageWiseInterval(stopped, 0.01, 0.05)
    expect(low).toBeCloseTo(0, 12)
    expect(estimate).toBeLessThan(0.01 * stopped.z)
    expect(stageWiseInterval({ rule, look: 2, z: 3 }, 0.01, 0.05).estimate).toBeLessThan(0.03)
  })

  it('turns with the sign', () => {
    const up = stageWiseInterval({ rule, look: 2, z: 3 }, 1, 0.1)
    const down = stageWiseInterval({ rule, look: 2, z: -3 }, 1, 0.1)
    expect(down.low).toBeCloseTo(-up.high, 11)
    expect(down.high).toBeCloseTo(-up.low, 11)
  })

  it('answers NaN outside the domain', () => {
    expect(stageWiseInterval({ rule, look: 2, z: 3 }, 0, 0.05).low).toBeNaN()
    expect(stageWiseInterval({ rule, look: 2, z: 3 }, 1, 1).estimate).toBeNaN()
    expect(stageWiseInterval({ rule, look: 9, z: 3 }, 1, 0.05).high).toBeNaN()
  })
})
