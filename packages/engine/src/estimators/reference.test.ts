import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ComputedComparison, Estimator, MetricSummary } from '../estimator.ts'
import { twoProportion } from './two-proportion.ts'
import { welch } from './welch.ts'

/**
 * Published experiments (Cookie Cats, Hillstrom's e-mails, the SmartAd survey) as SciPy and statsmodels analyse
 * them, from the summaries of their variants. Not part of the repository; HELIOS_DATA names their folder.
 */
const FOLDER = process.env.HELIOS_DATA ?? path.resolve(import.meta.dirname, '../../../../../shared/data')
const DATA_SETS = ['cookie-cats', 'hillstrom', 'adsmart'] as const
const RELATIVE = 1e-9

interface ReferenceArm {
  readonly n: number
  readonly x?: number
  readonly mean?: number
  readonly var?: number
}

interface Reference {
  readonly control: ReferenceArm
  readonly treatment: ReferenceArm
  readonly diff: number
  readonly rel_lift: number
  readonly welch?: {
    readonly t: number
    readonly df: number
    readonly p: number
    readonly ci95: readonly [number, number]
  }
  readonly rel_lift_ci95_delta?: readonly [number, number]
  readonly z_unpooled?: number
  readonly p_z_unpooled_two_sided?: number
  readonly ci95_wald?: readonly [number, number]
  readonly ci95_rel_lift_delta?: readonly [number, number]
}

const isPresent = DATA_SETS.every((name) => existsSync(fileOf(name)))
if (!isPresent)
  console.warn(`NOT CHECKED against real experiments, which are not in ${FOLDER}: ${DATA_SETS.join(', ')}`)

describe.skipIf(!isPresent)('real experiments', () => {
  it.each(DATA_SETS)('%s', (name) => {
    const references = comparisonsIn(JSON.parse(readFileSync(fileOf(name), 'utf8')))
    for (const reference of references) {
      if (reference.welch) checkMeans(reference)
      else checkProportions(reference)
    }
    expect(references.length).toBeGreaterThanOrEqual(2)
  })
})

function checkMeans(reference: Reference): void {
  const answer = computed(welch, reference)
  expect(answer.method).toBe("Welch's t")
  close(answer.absolute.estimate, reference.diff)
  close(answer.statistic, reference.welch?.t)
  close(answer.degreesOfFreedom, reference.welch?.df)
  close(answer.pValue, reference.welch?.p)
  closeInterval(answer.absolute, reference.welch?.ci95)
  closeInterval(answer.relative, reference.rel_lift_ci95_delta)
}

function checkProportions(reference: Reference): void {
  const answer = computed(twoProportion, reference)
  expect(answer.method).toContain('Wald')
  close(answer.absolute.estimate, reference.diff)
  close(answer.statistic, reference.z_unpooled)
  close(answer.pValue, reference.p_z_unpooled_two_sided)
  closeInterval(answer.absolute, reference.ci95_wald)
  closeInterval(answer.relative, reference.ci95_rel_lift_delta)
}

/** Every comparison of two variants, wherever it is in the file. */
function comparisonsIn(value: unknown): Reference[] {
  if (typeof value !== 'object' || value === null) return []
  if ('control' in value && 'diff' in value) return [value as Reference]
  return Object.values(value).flatMap(comparisonsIn)
}

function computed(estimator: Estimator, { control, treatment }: Reference): ComputedComparison {
  const answer = estimator.compare(summaryOf(control), summaryOf(treatment), { alpha: 0.05 })
  if (answer.status !== 'ok') throw new Error(answer.message)
  return answer
}

function summaryOf({ n, x, mean, var: variance }: ReferenceArm): MetricSummary {
  if (x === undefined) return { units: n, mean: [mean ?? Number.NaN], covariance: [[variance ?? Number.NaN]] }
  const rate = x / n
  return { units: n, mean: [rate], covariance: [[(rate * (1 - rate) * n) / (n - 1)]] }
}

function close(actual = Number.NaN, expected = Number.NaN): void {
  expect(Math.abs(actual / expected - 1), `${actual} for ${expected}`).toBeLessThanOrEqual(RELATIVE)
}

function closeInterval(
  actual: ComputedComparison['absolute'] | ComputedComparison['relative'],
  [low, high]: readonly number[] = [],
): void {
  if (!('low' in actual)) throw new Error(actual.message)
  close(actual.low, low)
  close(actual.high, high)
}

function fileOf(name: string): string {
  return path.join(FOLDER, name, 'reference.json')
}
