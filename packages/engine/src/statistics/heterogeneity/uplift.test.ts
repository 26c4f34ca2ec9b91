import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Covariate } from './features.ts'
import { qini } from './qini.ts'
import { type UpliftAnalysis, type UpliftQuestion, upliftAnalysis } from './uplift.ts'
import { learnUplift, predictUplift, type UpliftData } from './uplift-model.ts'

const QUESTION: UpliftQuestion = {
  learner: 'X',
  outcome: 'mean',
  penalty: 1,
  evaluation: { kind: 'holdout', share: 0.5 },
  alpha: 0.05,
  seed: 7,
}

/** The effect is `slope` × x, and 1 more on those who came by mail. */
function dataOf(
  units: number,
  slope: number,
  treatedShare = 0.5,
): UpliftData & { readonly effects: number[] } {
  const random = new Random(21)
  const rows = Array.from({ length: units }, () => {
    const x = normalQuantile(random.nextOpen())
    const channel = ['mail', 'web', 'phone'][random.integer(3)] as string
    const treated = Number(random.next() < treatedShare)
    const effect = slope * (x + (channel === 'mail' ? 1 : 0))
    return {
      x,
      channel,
      treated,
      effect,
      outcome: 3 + x + effect * treated + normalQuantile(random.nextOpen()),
    }
  })
  return {
    covariates: [
      { name: 'x', kind: 'number', values: rows.map(({ x }) => x) },
      { name: 'channel', kind: 'category', values: rows.map(({ channel }) => channel) },
    ],
    treated: rows.map(({ treated }) => treated),
    outcomes: rows.map(({ outcome }) => outcome),
    effects: rows.map(({ effect }) => effect),
  }
}

function answerOf(data: UpliftData, question: Partial<UpliftQuestion> = {}): UpliftAnalysis {
  const answer = upliftAnalysis(data, { ...QUESTION, ...question })
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('upliftAnalysis', () => {
  it.each(['T', 'X'] as const)('finds whom the treatment helps, %s-learner', (learner) => {
    const data = dataOf(3000, 0.8, 0.3)
    const answer = answerOf(data, { learner })
    const errors = answer.evaluated.map((unit, i) =>
      Math.abs((data.effects[unit] as number) - (answer.predictions[i] as number)),
    )
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.15)
    expect(answer.qini.low).toBeGreaterThan(0)
    const [best, worst] = [answer.bins[0], answer.bins.at(-1)]
    expect(best?.observed.low).toBeGreaterThan(worst?.observed.high as number)
    expect(Math.abs((best?.predicted as number) - (best?.observed.estimate as number))).toBeLessThan(0.5)
  })

  it('evaluates only units that it did not learn from, and each once', () => {
    const data = dataOf(600, 0.5)
    const holdout = answerOf(data)
    expect(new Set(holdout.evaluated).size).toBe(300)
    const folds = answerOf(data, { evaluation: { kind: 'cross-fit', folds: 3 } })
    expect([...folds.evaluated].sort((a, b) => a - b)).toEqual([...data.treated.keys()])
    // Spoiling the outcomes of the holdout changes what is observed, not what is predicted.
    const spoiled = data.outcomes.map((value, unit) => (holdout.evaluated.includes(unit) ? -value : value))
    expect(answerOf({ ...data, outcomes: spoiled }).predictions).toEqual(holdout.predictions)
  })

  it('gives the same for the same seed, and another split for another', () => {
    const data = dataOf(400, 0.5)
    expect(answerOf(data)).toEqual(answerOf(data))
    expect(answerOf(data, { seed: 8 }).evaluated).not.toEqual(answerOf(data).evaluated)
  })

  it('seldom finds differences where the effect is the same for all', () => {
    const { qini: area } = answerOf({ ...dataOf(2000, 0), covariates: dataOf(2000, 1).covariates })
    expect(area.low).toBeLessThan(0)
    expect(area.high).toBeGreaterThan(0)
  })

  it('stays with one outcome for all where an arm knows no other', () => {
    const data = dataOf(200, 1)
    const outcomes = data.treated.map((treated, i) => (treated === 1 ? 0 : i % 2))
    const answer = answerOf({ ...data, outcomes }, { learner: 'T', outcome: 'proportion' })
    expect(answer.predictions.every(Number.isFinite)).toBe(true)
    expect(answer.averageEffect.estimate).toBeLessThan(0)
  })

  it('says why it cannot answer', () => {
    const data = dataOf(200, 1)
    expect(upliftAnalysis(dataOf(60, 1), QUESTION)).toBe('too-few-units')
    expect(upliftAnalysis(data, { ...QUESTION, outcome: 'proportion' })).toBe('invalid-values')
    expect(upliftAnalysis({ ...data, treated: [1, 0] }, QUESTION)).toBe('invalid-values')
    expect(upliftAnalysis({ ...data, covariates: [] }, QUESTION)).toBe('invalid-question')
    expect(upliftAnalysis(data, { ...QUESTION, penalty: 0 })).toBe('invalid-question')
    expect(upliftAnalysis(data, { ...QUESTION, evaluation: { kind: 'cross-fit', folds: 1 } })).toBe(
      'invalid-question',
    )
  })
})

/** Not part of the project; HELIOS_DATA names the folder in which the data sets lie. */
const FOLDER = process.env.HELIOS_DATA ?? path.resolve(import.meta.dirname, '../../../../../../shared/data')
const FILE = path.join(FOLDER, 'hillstrom', 'hillstrom.csv')
const isPresent = existsSync(FILE)
if (!isPresent) {
  console.warn(
    `\n  LEFT OUT: uplift on the Hillstrom e-mails; set HELIOS_DATA to their folder (now ${FOLDER}).\n`,
  )
}

const NUMBERS = ['recency', 'history', 'mens', 'womens', 'newbie']
const CATEGORIES = ['zip_code', 'channel', 'history_segment']

/** The women's e-mail against none: did it bring a visit? */
function hillstrom(): UpliftData {
  const [head = [], ...rows] = readFileSync(FILE, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map((match) => match[1] ?? match[2] ?? ''))
  const place = (name: string) => head.indexOf(name)
  const kept = rows.filter((row) => row[place('segment')] !== 'Mens E-Mail')
  const column = (name: string) => kept.map((row) => row[place(name)] as string)
  return {
    covariates: [
      ...NUMBERS.map((name): Covariate => ({ name, kind: 'number', values: column(name).map(Number) })),
      ...CATEGORIES.map((name): Covariate => ({ name, kind: 'category', values: column(name) })),
    ],
    treated: column('segment').map((segment) => Number(segment === 'Womens E-Mail')),
    outcomes: column('visit').map(Number),
  }
}

describe.skipIf(!isPresent)('Hillstrom: the effect of an e-mail on visits', () => {
  // Penalised Newton steps, ridge and the curve's area in NumPy, on all units.
  it.each([
    {
      learner: 'T',
      first: [0.02022826061101103, 0.05472410232939723, 0.07325315342083769, -0.00025066544445798145],
      areaUnderCurve: 0.03196948563075097,
      coefficient: 0.009352932337224475,
    },
    {
      learner: 'X',
      first: [0.015140385721130706, 0.048908110287437384, 0.07925349174313835, 0.010862205862489923],
      areaUnderCurve: 0.031824334770320956,
      coefficient: 0.00920778147679446,
    },
  ] as const)('equals NumPy, $learner-learner', ({ learner, first, areaUnderCurve, coefficient }) => {
    const data = hillstrom()
    const units = [...data.treated.keys()]
    const model = learnUplift(data, { learner, outcome: 'proportion', penalty: 1 }, units)
    const predictions = predictUplift(model, data.covariates, units)
    for (const [i, expected] of first.entries()) expect(predictions[i]).toBeCloseTo(expected, 11)
    const answer = qini({ predictions, ...data }, { alpha: 0.05, seed: 1, replicates: 2 })
    expect(answer.areaUnderCurve).toBeCloseTo(areaUnderCurve, 12)
    expect(answer.coefficient).toBeCloseTo(coefficient, 12)
  })

  it('finds on held-out customers who visits because of the e-mail', () => {
    const answer = answerOf(hillstrom(), { learner: 'T', outcome: 'proportion' })
    expect(answer.qini.low).toBeGreaterThan(0)
    const observed = answer.bins.map(({ observed: { estimate } }) => estimate)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(observed.slice(0, 5))).toBeGreaterThan(2 * mean(observed.slice(5)))
  })
})
