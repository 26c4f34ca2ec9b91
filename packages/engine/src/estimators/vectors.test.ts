import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ComputedComparison, Estimator, MetricSummary } from '../estimator.ts'
import { ratio } from './ratio.ts'
import { twoProportion } from './two-proportion.ts'
import { welch } from './welch.ts'

/** Reference values; see `statistics/vectors.test.ts`. */
const FOLDER = path.join(
  process.env.HELIOS_VECTORS ?? path.resolve(import.meta.dirname, '../../../../../shared/vectors'),
  'statistics',
)

const isPresent = existsSync(FOLDER)
if (!isPresent) {
  console.warn(
    `NOT CHECKED against reference values, which are not in ${FOLDER}: ttest-welch, proportions-two-sample, delta-method-ratio`,
  )
}

interface VectorFile {
  readonly cases: readonly VectorCase[]
  readonly edge_cases?: readonly VectorCase[]
}

interface VectorCase {
  // biome-ignore lint/suspicious/noExplicitAny: inputs differ from file to file
  readonly in: any
  readonly out: Readonly<Record<string, number>>
}

describe.skipIf(!isPresent)('reference values', () => {
  it('ttest-welch', () => {
    const { cases } = read('ttest-welch')
    for (const { in: given, out } of cases) {
      const answer = computed(
        welch,
        arm(given.n1, given.mean1, given.var1),
        arm(given.n2, given.mean2, given.var2),
      )
      close(out, 1e-12, {
        diff: answer.absolute.estimate,
        se: answer.standardError,
        df: answer.degreesOfFreedom ?? Number.NaN,
        t: answer.statistic,
        p_two_sided: answer.pValue,
        log10_p_two_sided: answer.log10PValue,
      })
      limits(answer, out.ci95_low, out.ci95_high)
    }
    expect(cases.length).toBeGreaterThanOrEqual(28)
  })

  it('ttest-welch, edge cases', () => {
    const cases = read('ttest-welch').edge_cases ?? []
    for (const { in: given } of cases) {
      const answer = welch.compare(
        arm(given.n1, given.mean1, Number(given.var1)),
        arm(given.n2, given.mean2, given.var2),
        { alpha: 0.05 },
      )
      expect(answer.status).toBe('not-computable')
    }
    expect(cases.length).toBeGreaterThanOrEqual(3)
  })

  it('proportions-two-sample', () => {
    const counts = { wald: 0, newcombe: 0 }
    for (const { in: given, out } of read('proportions-two-sample').cases) {
      const answer = computed(
        twoProportion,
        arm(given.n1, given.x1 / given.n1, 0),
        arm(given.n2, given.x2 / given.n2, 0),
        1 - given.conf,
      )
      close(out, 1e-12, { diff: answer.absolute.estimate })
      if (answer.method.includes('Wald') && out.z_unpooled !== undefined) {
        counts.wald++
        close(out, 1e-12, {
          se_unpooled: answer.standardError,
          z_unpooled: answer.statistic,
          p_unpooled: answer.pValue,
        })
        limits(answer, out.wald_low, out.wald_high)
        if (answer.relative.status === 'ok') close(out, 1e-12, { lift: answer.relative.estimate })
      } else if (answer.method.includes('Newcombe')) {
        counts.newcombe++
        limits(answer, out.newcombe_low, out.newcombe_high)
      }
    }
    expect(counts.wald).toBeGreaterThanOrEqual(5)
    expect(counts.newcombe).toBeGreaterThanOrEqual(5)
  })

  // Sums of squares in doubles leave few digits of the variance, so the file itself allows 1e-8
  it('delta-method-ratio', () => {
    let compared = 0
    for (const { in: given, out } of read('delta-method-ratio').cases) {
      const answer = ratio.compare(fromSums(given.control), fromSums(given.treatment), { alpha: 0.05 })
      if (out.se === undefined) {
        expect(answer).toMatchObject({ status: 'not-computable', reason: 'zero-variance' })
        continue
      }
      if (answer.status !== 'ok') throw new Error(answer.message)
      compared++
      close(out, 1e-8, {
        diff: answer.absolute.estimate,
        se: answer.standardError,
        z: answer.statistic,
        log10_p: answer.log10PValue,
      })
      if (answer.relative.status !== 'ok') {
        // So near to 0 that no interval of relative effects exists; there is none in the file either.
        expect(out.fieller_low).toBeUndefined()
        continue
      }
      const { estimate, low, high } = answer.relative
      // The file divides by the size of the control, this estimator by the control itself.
      const sign = Math.sign(out.ratio_control ?? Number.NaN)
      close(out, 1e-8, { relative_lift: sign * estimate })
      if (answer.relative.method.startsWith('delta'))
        close(out, 1e-8, { relative_se: (high - low) / (2 * 1.959963984540054) })
      else limits({ ...answer, absolute: answer.relative }, out.fieller_low, out.fieller_high)
      limits(answer, out.ci95_low, out.ci95_high)
    }
    expect(compared).toBeGreaterThanOrEqual(15)
  })
})

function read(name: string): VectorFile {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as VectorFile
}

function arm(units: number, mean: number, variance: number): MetricSummary {
  return { units, mean: [mean], covariance: [[variance]] }
}

interface Sums {
  readonly n: number
  readonly sum_num: number
  readonly sum_den: number
  readonly ss_num: number
  readonly ss_den: number
  readonly sp: number
}

function fromSums({ n, sum_num, sum_den, ss_num, ss_den, sp }: Sums): MetricSummary {
  const centred = (products: number, a: number, b: number) => (products - (a * b) / n) / (n - 1)
  const covariance = centred(sp, sum_num, sum_den)
  return {
    units: n,
    mean: [sum_num / n, sum_den / n],
    covariance: [
      [centred(ss_num, sum_num, sum_num), covariance],
      [covariance, centred(ss_den, sum_den, sum_den)],
    ],
  }
}

function computed(
  estimator: Estimator,
  control: MetricSummary,
  treatment: MetricSummary,
  alpha = 0.05,
): ComputedComparison {
  const answer = estimator.compare(control, treatment, { alpha })
  if (answer.status !== 'ok') throw new Error(answer.message)
  return answer
}

function close(out: VectorCase['out'], tolerance: number, actual: Readonly<Record<string, number>>): void {
  for (const [field, value] of Object.entries(actual)) {
    const expected = Number(out[field])
    expect(Math.abs(value - expected), `${field}: ${value} for ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.abs(expected) + 2.3e-308,
    )
  }
}

/** Limits near 0 come from a difference, so they are as exact as the width of the interval allows. */
function limits({ absolute, standardError }: ComputedComparison, low = Number.NaN, high = Number.NaN): void {
  expect(Math.abs(absolute.low - low)).toBeLessThanOrEqual(1e-8 * standardError)
  expect(Math.abs(absolute.high - high)).toBeLessThanOrEqual(1e-8 * standardError)
}
