import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFile } from '../verification/vectors/check-folder.ts'
import { compareAnswer } from '../verification/vectors/compare.ts'
import { methods } from '../verification/vectors/methods.ts'
import { readVectorFiles } from '../verification/vectors/vector-file.ts'

/**
 * Reference values computed with 25 to 60 digits (mpmath) and cross-checked with SciPy, statsmodels and R. They
 * are not part of the repository; HELIOS_VECTORS names their folder.
 */
const FOLDER = path.join(
  process.env.HELIOS_VECTORS ?? path.resolve(import.meta.dirname, '../../shared/vectors'),
  'statistics',
)

const isPresent = existsSync(FOLDER)
if (!isPresent) {
  console.warn(
    `NOT CHECKED against reference values, which are not in ${FOLDER}: ${Object.keys(methods).join(', ')}`,
  )
}
const files = isPresent ? readVectorFiles(FOLDER) : []

describe.skipIf(!isPresent)('reference values', () => {
  it('finds the files', () => {
    expect(files.length).toBeGreaterThanOrEqual(60)
  })

  it.each(files.map((file) => [file.name, file] as const))('%s', (_, file) => {
    const { problems, failures } = checkFile(file)
    expect(problems).toEqual([])
    expect(failures).toBe(0)
  })
})

describe('comparing with reference values', () => {
  const tolerance = { rel: 1e-9, abs: 0 }

  it('takes what is within the tolerance, and nothing else', () => {
    expect(compareAnswer({ a: 1 }, { a: 1 + 5e-10 }, tolerance).wrong).toEqual([])
    expect(compareAnswer({ a: 1 }, { a: 1 + 5e-9 }, tolerance).wrong).toHaveLength(1)
    expect(compareAnswer({ a: 1 }, { a: 1 + 5e-9 }, { rel: 1e-9, abs: 1e-8 }).wrong).toEqual([])
  })

  it('refuses NaN, missing fields, missing values and other words', () => {
    for (const answer of [{ a: Number.NaN }, {}, { a: undefined }, { a: '1' }, null])
      expect(compareAnswer({ a: 1 }, answer, tolerance).wrong).not.toEqual([])
    expect(compareAnswer({ a: [1, 2] }, { a: [1] }, tolerance).wrong).not.toEqual([])
    expect(compareAnswer({ a: 'less' }, { a: 'greater' }, tolerance).wrong).not.toEqual([])
  })

  it('knows the numbers that JSON has not', () => {
    const out = { a: 'Infinity', b: 'NaN', c: '-Infinity' }
    const answer = { a: Number.POSITIVE_INFINITY, b: Number.NaN, c: Number.NEGATIVE_INFINITY }
    expect(compareAnswer(out, answer, tolerance).wrong).toEqual([])
    expect(compareAnswer(out, { ...answer, a: Number.NaN }, tolerance).wrong).toHaveLength(1)
  })

  it('leaves out only the fields that are named', () => {
    expect(compareAnswer({ a: 1, peer: 3 }, { a: 1 }, tolerance, ['peer']).wrong).toEqual([])
    expect(compareAnswer({ a: 1, peer: 3 }, { a: 1 }, tolerance).wrong).toHaveLength(1)
  })

  it('fails a file that no method answers', () => {
    const file = {
      name: 'unheard-of',
      method: 'unheard of',
      tolerance,
      cases: [{ id: '1', in: {}, out: {} }],
    }
    expect(checkFile(file).failures).toBe(1)
  })
})
