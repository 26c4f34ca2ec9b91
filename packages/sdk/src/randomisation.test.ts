/**
 * Frequencies over a million units against a fair draw. Every bound is the 1 − 10⁻⁶ quantile of chi-square
 * (SciPy `chi2.ppf`), so a fair hash would fail one of these tests once in a million choices of salt.
 */
import { describe, expect, it } from 'vitest'
import { coverageSalt, layerSalt, POINTS, shareToBound, slotsFromWeights, variantSalt } from './assignment.ts'
import { compileExperiment, decide } from './evaluate.ts'
import { createHasher } from './murmur3.ts'
import type { ExperimentDefinition } from './wire.ts'

const UNITS = 1_000_000
const BOUND = { 2: 27.631, 255: 377.078, 1023: 1252.581 } as const

type Draw = (n: number) => number

function drawOf(salt: string, unitOf = (n: number): string => `user-${n}`): Draw {
  const point = createHasher(salt)
  return (n) => point(unitOf(n))
}

function chiSquare(counts: ArrayLike<number>, shares?: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < counts.length; i++) {
    const expected = UNITS * (shares?.[i] ?? 1 / counts.length)
    sum += ((counts[i] as number) - expected) ** 2 / expected
  }
  return sum
}

function increment(counts: Uint32Array, cell: number): void {
  counts[cell] = (counts[cell] as number) + 1
}

function chiSquareOfCells(cells: number, cellOf: (n: number) => number): number {
  const counts = new Uint32Array(cells)
  for (let n = 0; n < UNITS; n++) increment(counts, cellOf(n))
  return chiSquare(counts)
}

/** The joint table of two draws, 16 × 16 equal cells: fair only when both are uniform and independent. */
function chiSquareOfPair(a: Draw, b: Draw): number {
  return chiSquareOfCells(256, (n) => (a(n) >>> 28) * 16 + (b(n) >>> 28))
}

const uuidLike = (n: number): string => `01920000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

describe('points', () => {
  it.each([
    ['sequential names', undefined],
    ['sequential numbers', String],
    ['sequential UUIDs', uuidLike],
    ['zero-padded numbers', (n: number) => String(n).padStart(10, '0')],
  ])('are uniform in their high and low bits over %s', (_, unitOf) => {
    const draw = drawOf(variantSalt('greeting-tone@1'), unitOf)
    expect(chiSquareOfCells(1024, (n) => draw(n) >>> 22)).toBeLessThan(BOUND[1023])
    expect(chiSquareOfCells(1024, (n) => draw(n) & 1023)).toBeLessThan(BOUND[1023])
  })

  it.each([1, 2, 10, 256])('of units whose numbers differ by %i are independent', (lag) => {
    const draw = drawOf(variantSalt('greeting-tone@1'))
    expect(chiSquareOfPair(draw, (n) => draw(n + lag))).toBeLessThan(BOUND[255])
  })

  it.each([
    ['coverage and variant', coverageSalt('a@1'), variantSalt('a@1')],
    ['two experiments', variantSalt('a@1'), variantSalt('b@1')],
    ['two versions of a salt', variantSalt('a@1'), variantSalt('a@2')],
    ['layer and variant', layerSalt('a'), variantSalt('a@1')],
  ])('of %s are independent', (_, a, b) => {
    expect(chiSquareOfPair(drawOf(a), drawOf(b))).toBeLessThan(BOUND[255])
  })

  it('of the few that a low coverage lets in are uniform over the variants', () => {
    const [coverage, variant] = [drawOf(coverageSalt('a@1')), drawOf(variantSalt('a@1'))]
    const counts = new Uint32Array(256)
    let covered = 0
    for (let n = 0; n < UNITS; n++) {
      if (coverage(n) >= shareToBound(0.1)) continue
      covered++
      increment(counts, variant(n) >>> 24)
    }
    const sum = counts.reduce((total, count) => total + (count - covered / 256) ** 2 / (covered / 256), 0)
    expect(sum).toBeLessThan(BOUND[255])
  })
})

const definition: ExperimentDefinition = {
  key: 'a',
  version: 1,
  status: 'running',
  unit: 'user',
  salt: 'a@1',
  variants: ['x', 'off', 'y', 'z'].map((key) => ({ key, payload: key })),
  control: 'x',
  slots: slotsFromWeights(['x', 'off', 'y', 'z'], { x: 5, off: 0, y: 3, z: 2 }),
  coverage: POINTS,
  sticky: false,
}

describe('decisions', () => {
  it('come in the shares of the weights, and never for a weight of 0', () => {
    const experiment = compileExperiment(definition)
    const keys = ['x', 'y', 'z', 'off']
    const counts = new Uint32Array(4)
    for (let n = 0; n < UNITS; n++) increment(counts, keys.indexOf(decide(experiment, `user-${n}`).variant))
    expect(counts[3]).toBe(0)
    expect(chiSquare(counts.subarray(0, 3), [0.5, 0.3, 0.2])).toBeLessThan(BOUND[2])
  })

  it('stay the same for everyone who was in when coverage rises', () => {
    const steps = [0, 0.01, 0.1, 0.5, 0.99, 1].map((share) =>
      compileExperiment({ ...definition, coverage: shareToBound(share) }),
    )
    for (let n = 0; n < 20_000; n++) {
      const all = steps.map((experiment) => decide(experiment, `user-${n}`))
      const first = all.findIndex(({ reason }) => reason === 'assigned')
      expect(first).toBeGreaterThan(0)
      expect(all.slice(0, first).every(({ reason }) => reason === 'outside-coverage')).toBe(true)
      expect(all.slice(first)).toEqual(all.slice(first).map(() => all[first]))
    }
  })
})
