import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Tolerance {
  readonly rel: number
  readonly abs: number
}

export interface VectorCase {
  readonly id: string
  readonly in: unknown
  readonly out: unknown
}

/** One file of reference values: a method, and cases of what goes in and what must come out. */
export interface VectorFile {
  /** Name of the file without `.json`. */
  readonly name: string
  readonly method: string
  readonly tolerance: Tolerance
  readonly cases: readonly VectorCase[]
}

/** What the file says, or what is wrong with it. */
export type ReadFile = VectorFile | { readonly name: string; readonly problem: string }

/** All files of reference values in a folder, by name; a manifest is none. */
export function readVectorFiles(folder: string): ReadFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'manifest.json')
    .sort()
    .map((file) => readVectorFile(path.join(folder, file)))
}

function readVectorFile(file: string): ReadFile {
  const name = path.basename(file, '.json')
  try {
    const { method, tolerance, cases } = JSON.parse(readFileSync(file, 'utf8')) as Partial<VectorFile>
    if (typeof method !== 'string') return { name, problem: 'it names no method' }
    if (!Array.isArray(cases) || cases.length === 0) return { name, problem: 'it has no cases' }
    if (!tolerance || !(tolerance.rel >= 0)) return { name, problem: 'it states no tolerance' }
    return {
      name,
      method,
      tolerance: { rel: tolerance.rel, abs: tolerance.abs ?? 0 },
      cases: cases.map((each) => ({ ...each, in: withNumbers(each.in) })),
    }
  } catch (error) {
    return { name, problem: `it is not JSON: ${(error as Error).message}` }
  }
}

const NUMBERS_AS_TEXT: Readonly<Record<string, number>> = {
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  NaN: Number.NaN,
}

/** Inputs as methods take them: the numbers that JSON has not, and that stand there as text, become numbers. */
function withNumbers(value: unknown): unknown {
  if (typeof value === 'string') return NUMBERS_AS_TEXT[value] ?? value
  if (Array.isArray(value)) return value.map(withNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, withNumbers(inside)]))
}
