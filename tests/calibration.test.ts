import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../packages/engine/src/random.ts'
import { binomialMass } from '../packages/engine/src/statistics/distributions/binomial.ts'
import { goodnessOfFit } from '../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import { calibrate } from '../verification/calibration/calibrate.ts'
import { KNOWN_LIMITS, limitOf } from '../verification/calibration/known-limits.ts'
import { DEFAULT_SEED, optionsFrom } from '../verification/calibration/options.ts'
import { pageOf } from '../verification/calibration/page.ts'
import { binomialVariate } from '../verification/calibration/populations/binomial-variate.ts'
import type { Measurement, Question, Row } from '../verification/calibration/row.ts'
import { SECTION_KEYS } from '../verification/calibration/section-key.ts'
import { STUDIES } from '../verification/calibration/studies.ts'
import { judged, STANDARD_ERRORS } from '../verification/calibration/verdict.ts'

/**
 * A small calibration. An honest method is found wrong when chance alone takes it more than four standard errors out
 * of its band: 1 of 30,000 rows, so about 1 of 300 seeds for the hundred rows here; this seed is not one of them.
 */
const SEED = 1

const STUDY_NAMES = [
  'one look, no difference/normal/100',
  'one look, no difference/binomial, 5 %/1000',
  'one look, no difference/revenue, 90 % zeros/1000',
  'one look, effect/normal/100',
  'tests of values/normal/20/20/6',
  'tests of proportions/100/0.3',
  'families/0.5',
  'peeking/28 daily looks, 100 units a day/normal',
  'peeking/28 daily looks, 100 units a day/binomial, 5 %',
  'group-sequential errors/obrien-fleming',
  'anytime-valid t',
  'one proportion/100',
  'power/planned effect',
]

function measure(threads: number, share: number, names: readonly string[]): Promise<Row[]> {
  return calibrate({
    seed: SEED,
    sections: SECTION_KEYS,
    share,
    threads,
    wanted: ({ name }) => names.includes(name),
  })
}

describe('a small calibration', () => {
  let rows: Row[] = []
  beforeAll(async () => {
    rows = await measure(0, 0.03, STUDY_NAMES)
  })
  const of = (measure: string, method: string) =>
    rows.filter((row) => row.measure.startsWith(measure) && row.method.startsWith(method))

  it('runs all of its studies', () => {
    expect(STUDY_NAMES.filter((name) => !STUDIES.some((study) => study.name === name))).toEqual([])
    expect(rows.length).toBeGreaterThan(50)
  })

  it('finds no method outside of its band', () => {
    expect(rows.filter(({ verdict }) => verdict === 'NOT OK')).toEqual([])
  })

  it('finds at most 5 % false with the default, over 28 daily looks', () => {
    const found = of('Looks on 28 days', 'confidence-sequence')
    expect(found).toHaveLength(2)
    for (const { value, standardError } of found) expect(value).toBeLessThan(0.05 + 4 * standardError)
  })

  it('finds far more when a test for one look is read every day: 20 to 35 % as in the literature', () => {
    const found = rows.filter(({ method }) => method.endsWith('at every look'))
    expect(found).toHaveLength(2)
    for (const { value, standardError } of found) {
      expect(value).toBeGreaterThan(0.2 - 4 * standardError)
      expect(value).toBeLessThan(0.35 + 4 * standardError)
    }
  })
})

describe('the same seed', () => {
  const names = ['one look, no difference/normal/100', 'anytime-valid t', 'power/planned effect']

  it('gives the same rows on any number of threads', async () => {
    const here = await measure(0, 0.01, names)
    expect(await measure(2, 0.01, names)).toEqual(here)
    expect(here.length).toBeGreaterThan(10)
  })

  it('gives the same page', async () => {
    const rows = await measure(0, 0.005, names)
    expect(pageOf(rows, SEED)).toBe(pageOf(await measure(0, 0.005, names), SEED))
  })
})

describe('the verdict', () => {
  const question: Question = {
    section: 'false-positives',
    measure: 'any',
    method: 'any',
    population: 'any',
    sample: 'any',
    band: { name: '4 to 6 %', low: 0.04, high: 0.06, why: '' },
  }
  const share = (value: number, standardError: number): Measurement => ({
    quantity: 'share',
    value,
    standardError,
    experiments: 100,
    unanswered: 0,
  })

  it('allows for the error of the simulation, and for no more', () => {
    const just = 0.06 + STANDARD_ERRORS * 0.001
    expect(judged(question, share(just - 1e-6, 0.001)).verdict).toBe('OK')
    expect(judged(question, share(just + 1e-6, 0.001)).verdict).toBe('NOT OK')
    expect(judged(question, share(0.0399, 0)).verdict).toBe('NOT OK')
    expect(judged(question, share(Number.NaN, 0)).verdict).toBe('NOT OK')
  })

  it('takes a known limit only as far as it is known', () => {
    for (const limit of KNOWN_LIMITS) {
      const { measure = 'x', method = 'x', population = 'x', sample = 'x', low, high } = limit
      const row = { ...question, measure, method, population, sample }
      const [narrow] = [{ ...row.band, low: 2, high: 2 }]
      const asked = { ...row, band: narrow ?? row.band }
      if (limitOf(asked) !== limit) continue
      expect(judged(asked, share((low + high) / 2, 0))).toMatchObject({
        verdict: 'KNOWN LIMIT',
        reason: limit.reason,
      })
      expect(judged(asked, share(high + 0.01, 0)).verdict).toBe('NOT OK')
      expect(judged(asked, share(low - 0.01, 0)).verdict).toBe('NOT OK')
    }
  })

  it('shows a failure on the page', () => {
    const row = judged(question, share(0.2, 0.001))
    expect(pageOf([row], SEED)).toContain('**NOT OK**')
  })
})

describe('the studies', () => {
  it('have names of their own, which seed their chance', () => {
    const names = STUDIES.map(({ name }) => name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  it('answer something in every section', () => {
    const sections = new Set(STUDIES.flatMap(({ questions }) => questions.map(({ section }) => section)))
    expect([...sections].toSorted()).toEqual([...SECTION_KEYS].toSorted())
  })

  it('need every known limit', () => {
    const questions = STUDIES.flatMap((study) => study.questions)
    const met = new Set(questions.map((question) => limitOf(question)))
    expect(KNOWN_LIMITS.filter((limit) => !met.has(limit))).toEqual([])
  })

  it('are all on the page, which has the usual seed', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../docs/reference/calibration.md'), 'utf8')
    expect(page).toContain(`(seed ${DEFAULT_SEED})`)
    const lines = new Set(page.split('\n').map((line) => line.split(' | ').slice(0, 3).join(' | ')))
    const missing = STUDIES.flatMap((study) => study.questions).filter(
      ({ method, population, sample }) => !lines.has(`| ${method} | ${population} | ${sample}`),
    )
    expect(missing).toEqual([])
  })
})

describe('binomial draws', () => {
  // Ten tests at 1e-4 each: an honest generator fails for 1 seed of 1,000.
  it.each([
    [5, 0.3],
    [20, 0.05],
    [100, 0.05],
    [100, 0.5],
    [1000, 0.02],
    [1000, 0.97],
    [10_000, 0.005],
    [10_000, 0.3],
    [100_000, 0.5],
    [1, 0.5],
  ])('of %i trials at %f are binomial', (trials, rate) => {
    const random = new Random(7).split(`${trials}/${rate}`)
    const draws = 20_000
    const deviation = Math.sqrt(trials * rate * (1 - rate))
    const binOf = (count: number) =>
      Math.max(-9, Math.min(9, Math.round((3 * (count - trials * rate)) / Math.max(1, deviation))))
    const observed = new Map<number, number>()
    for (let i = 0; i < draws; i++) {
      const bin = binOf(binomialVariate(random, trials, rate))
      observed.set(bin, (observed.get(bin) ?? 0) + 1)
    }
    const expected = new Map<number, number>()
    for (let count = 0; count <= trials; count++) {
      const bin = binOf(count)
      expected.set(bin, (expected.get(bin) ?? 0) + draws * binomialMass(count, trials, rate))
    }
    const bins = [...expected.keys()].filter((bin) => (expected.get(bin) as number) > 5)
    const { pValue } = goodnessOfFit(
      bins.map((bin) => observed.get(bin) ?? 0),
      bins.map((bin) => expected.get(bin) as number),
    )
    expect(pValue).toBeGreaterThan(1e-4)
  })
})

describe('the options', () => {
  it('are read, and refused in words', () => {
    expect(
      optionsFrom(['--quick', '--only', 'peeking,power', '--seed', '7', '--threads', '0']),
    ).toMatchObject({
      sections: ['peeking', 'power'],
      seed: 7,
      threads: 0,
      share: 0.05,
    })
    expect(optionsFrom([])).toMatchObject({ sections: SECTION_KEYS, seed: DEFAULT_SEED, share: 1 })
    for (const given of [
      ['--only', 'nothing'],
      ['--seed', '1.5'],
      ['--seed', '-1'],
      ['--threads', 'two'],
      ['--what'],
    ])
      expect(typeof optionsFrom(given)).toBe('string')
  })
})
