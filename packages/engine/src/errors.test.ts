import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { TRANSPORT_ERRORS } from '../../server/src/problem.ts'
import { describeError, ERRORS, type ErrorCode, HeliosError } from './errors.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const CODE = /HEL_[A-Z]+(?:_[A-Z]+)*/g

/** Codes that only HTTP raises are kept beside it. */
const STATUSES = new Map<string, number>(
  [...Object.entries(ERRORS), ...Object.entries(TRANSPORT_ERRORS)].map(([code, { status }]) => [
    code,
    status,
  ]),
)

/** Code → sources that name it, without tests and without the table itself. */
function codesInSources(): Map<string, string[]> {
  const places = new Map<string, string[]>()
  for (const room of readdirSync(path.join(ROOT, 'packages'))) {
    const folder = path.join(ROOT, 'packages', room, 'src')
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const isSource =
        /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !(room === 'engine' && file === 'errors.ts')
      if (!isSource) continue
      const text = readFileSync(path.join(folder, file), 'utf8')
      for (const [code] of text.matchAll(CODE))
        places.set(code, [...(places.get(code) ?? []), `${room}/${file}`])
    }
  }
  return places
}

/** Rows of the tables in the document. */
function documented(): { code: string; status: number; cells: string[] }[] {
  const text = readFileSync(path.join(ROOT, 'docs/reference/errors.md'), 'utf8')
  return text.split('\n').flatMap((line) => {
    const [, code, status, ...cells] = line.match(/^\| `(HEL_\w+)` \| (\d+) \| (.+) \| (.+) \|$/) ?? []
    return code ? [{ code, status: Number(status), cells }] : []
  })
}

const sorted = (codes: Iterable<string>) => [...codes].toSorted()

describe('every error code', () => {
  it('that a source names is in the table', () => {
    const unknown = [...codesInSources()].filter(([code]) => !STATUSES.has(code))
    expect(unknown).toEqual([])
  })

  it('in the table is raised somewhere', () => {
    const named = codesInSources()
    expect(Object.keys(ERRORS).filter((code) => !named.has(code))).toEqual([])
  })

  it('is documented once, and the document has no other', () => {
    expect(sorted(documented().map(({ code }) => code))).toEqual(sorted(STATUSES.keys()))
  })

  it('is documented with its status', () => {
    for (const { code, status } of documented()) expect([code, status]).toEqual([code, STATUSES.get(code)])
  })

  it('has a status that HTTP knows as a refusal or a fault', () => {
    for (const [code, status] of STATUSES)
      expect([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503], code).toContain(status)
  })

  it('in the prose of other documents exists', () => {
    for (const file of readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.md')) continue
      const text = readFileSync(path.join(ROOT, 'docs', file), 'utf8')
      for (const [code] of text.matchAll(CODE)) expect(STATUSES.has(code), `${code} in ${file}`).toBe(true)
    }
  })
})

describe('an error', () => {
  it('has its message, status and details from its code', () => {
    const error = new HeliosError('HEL_EXPERIMENT_NOT_FOUND', { key: 'greting' })
    expect(error).toMatchObject({
      name: 'HeliosError',
      code: 'HEL_EXPERIMENT_NOT_FOUND',
      status: 404,
      details: { key: 'greting' },
      message: 'There is no experiment "greting".',
    })
    expect(error).toBeInstanceOf(Error)
  })

  it('keeps its cause', () => {
    const cause = new Error('ENOSPC')
    expect(new HeliosError('HEL_STORAGE_FAILED', { problem: 'disk full' }, { cause }).cause).toBe(cause)
  })

  it('shows what was not filled in, and fills in nothing that it was not given', () => {
    expect(describeError('HEL_LAYER_FULL', { layer: '{share}', free: '$&' })).toBe(
      'Layer "{share}" has $& of its traffic free; {share} is asked for.',
    )
    expect(describeError('HEL_EXPERIMENT_NOT_FOUND', JSON.parse('{"constructor":"x"}'))).toContain('{key}')
  })

  it('is short, however long the name that somebody sent', () => {
    const message = describeError('HEL_METRIC_NOT_FOUND', { metric: 'x'.repeat(1_000_000) })
    expect(message.length).toBeLessThan(1100)
    expect(message).toContain('…" here; define it')
  })

  it.each(Object.keys(ERRORS) as ErrorCode[])('%s speaks in sentences', (code) => {
    expect(ERRORS[code].template).toMatch(/^[A-Z{"].*\.$/)
  })
})
