import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FILE, generate } from '../vectors/generate.ts'
import {
  type Attributes,
  type Condition,
  compileCondition,
  compileExperiment,
  createHasher,
  type DecideOptions,
  type Decision,
  decide,
  type ExperimentDefinition,
  REASONS,
  reallocate,
  type Slot,
  shareToBound,
  slotsFromWeights,
  type Weights,
} from './index.ts'

interface Vectors {
  points: { salt: string; unit: string; point: number }[]
  pointsOfBrokenUnits: { salt: string; utf16: number[]; point: number }[]
  bounds: { share: number; bound: number }[]
  slots: { variants: string[]; weights: Weights; slots: Slot[] }[]
  reallocations: { previous: Slot[]; weights: Weights; slots: Slot[] }[]
  conditions: { condition: Condition; attributes: Attributes; satisfied: boolean }[]
  definitions: { name: string; definition: ExperimentDefinition }[]
  decisions: { definition: string; unit: string; options: DecideOptions; decision: Decision }[]
}

const vectors: Vectors = JSON.parse(readFileSync(FILE, 'utf8'))

describe('published vectors', () => {
  it('are what the generator makes today', () => {
    expect(JSON.parse(generate())).toEqual(vectors)
  })

  it.each(vectors.points)('point of $unit under $salt', ({ salt, unit, point }) => {
    expect(createHasher(salt)(unit)).toBe(point)
  })

  it.each(vectors.pointsOfBrokenUnits)('point of code units $utf16', ({ salt, utf16, point }) => {
    expect(createHasher(salt)(String.fromCharCode(...utf16))).toBe(point)
  })

  it.each(vectors.bounds)('bound of $share', ({ share, bound }) => {
    expect(shareToBound(share)).toBe(bound)
  })

  it.each(vectors.slots)('slots of $weights', ({ variants, weights, slots }) => {
    expect(slotsFromWeights(variants, weights)).toEqual(slots)
  })

  it.each(vectors.reallocations)('reallocation to $weights', ({ previous, weights, slots }) => {
    expect(reallocate(previous, weights)).toEqual(slots)
  })

  it.each(vectors.conditions)(
    'condition $condition of $attributes',
    ({ condition, attributes, satisfied }) => {
      expect(compileCondition(condition)(attributes)).toBe(satisfied)
    },
  )

  const definitions = new Map(vectors.definitions.map(({ name, definition }) => [name, definition]))

  it.each(vectors.decisions)('decision $definition of $unit with $options', (vector) => {
    const definition = definitions.get(vector.definition) as ExperimentDefinition
    expect(decide(compileExperiment(definition), vector.unit, vector.options)).toEqual(vector.decision)
  })

  it('show every reason', () => {
    expect(new Set(vectors.decisions.map(({ decision }) => decision.reason))).toEqual(new Set(REASONS))
  })
})
