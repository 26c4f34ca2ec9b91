/** Writes `assignment.json` beside it: `node packages/sdk/vectors/generate.ts`. Same bytes every time. */
import { writeFileSync } from 'node:fs'
import {
  compileCondition,
  compileExperiment,
  createHasher,
  decide,
  reallocate,
  shareToBound,
  slotsFromWeights,
} from '../src/index.ts'
import * as cases from './cases.ts'

export const FILE = new URL('assignment.json', import.meta.url)

const GROUPS = {
  points: cases.points.map((question) => ({
    ...question,
    point: createHasher(question.salt)(question.unit),
  })),
  pointsOfBrokenUnits: cases.brokenUnits.map((question) => ({
    ...question,
    point: createHasher(question.salt)(String.fromCharCode(...question.utf16)),
  })),
  bounds: cases.shares.map((share) => ({ share, bound: shareToBound(share) })),
  slots: cases.layouts.map(({ variants, weights }) => ({
    variants,
    weights,
    slots: slotsFromWeights(variants, weights),
  })),
  reallocations: cases.reallocations.map(({ previous, weights }) => ({
    previous,
    weights,
    slots: reallocate(previous, weights),
  })),
  conditions: cases.conditions.map(({ condition, attributes }) => ({
    condition,
    attributes,
    satisfied: compileCondition(condition)(attributes),
  })),
  definitions: Object.entries(cases.definitions).map(([name, definition]) => ({ name, definition })),
  decisions: cases.decisions.map(({ definition, unit, ...options }) => ({
    definition,
    unit,
    options,
    decision: decide(compileExperiment(cases.definitions[definition] as never), unit, options),
  })),
}

/** One case per line, so that a change shows as the lines that changed. */
export function generate(): string {
  const groups = Object.entries(GROUPS).map(([name, rows]) => {
    const lines = rows.map((row) => `    ${JSON.stringify(row)}`)
    return `  ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n  ]`
  })
  return `{\n${groups.join(',\n')}\n}\n`
}

if (import.meta.main) writeFileSync(FILE, generate())
