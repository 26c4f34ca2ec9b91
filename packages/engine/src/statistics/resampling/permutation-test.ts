import type { Random } from '../../random.ts'

export interface PermutationTest {
  /** Mean of the treatment − mean of the control. */
  readonly estimate: number
  /** How many assignments of the units were looked at, the observed one among them. */
  readonly permutations: number
  /** Share of assignments whose difference is at least as far from 0. */
  readonly pValue: number
  /** Share of assignments whose difference is at least as large. */
  readonly pValueGreater: number
  /** Share of assignments whose difference is at most as large. */
  readonly pValueLess: number
}

/** More assignments than this are not enumerated; it takes some tenths of a second. */
export const MOST_PERMUTATIONS = 10_000_000

/** Sums that differ by less, relative to the sum of distances, are equal but for rounding. */
const TIE_TOLERANCE = 1e-13

const NOT_COMPUTABLE: PermutationTest = {
  estimate: Number.NaN,
  permutations: 0,
  pValue: Number.NaN,
  pValueGreater: Number.NaN,
  pValueLess: Number.NaN,
}

/**
 * Exact permutation test of a difference in means: if the treatment changes nothing, every way of assigning as many
 * units to it was as likely as the one that happened.
 *
 * @param control, treatment finite values, at least one each
 * @returns undefined where there are more than {@link MOST_PERMUTATIONS} assignments: {@link monteCarloPermutationTest}
 * samples them. NaN and no permutations outside the domain
 *
 * Source: Fisher 1935, The Design of Experiments, section 21; Pitman 1937, doi:10.2307/2984124.
 */
export function exactPermutationTest(
  control: readonly number[],
  treatment: readonly number[],
): PermutationTest | undefined {
  const problem = problemOf(control, treatment)
  if (!problem) return NOT_COMPUTABLE
  const permutations = Math.round(binomialCoefficient(problem.values.length, problem.chosen))
  if (permutations > MOST_PERMUTATIONS) return undefined
  const counter = counterOf(problem)
  enumerate(problem.values, problem.chosen, counter.see)
  return counter.result(permutations)
}

/**
 * The same from assignments drawn at random. The observed assignment counts as one of them, so that p is never 0 and
 * the test holds its level: (b + 1) / (m + 1) for b of m drawn ones at least as extreme.
 *
 * @param drawn m ≥ 1; p is known to about √(p / m)
 * @param random seeded; the same seed gives the same p-value
 * @returns NaN and no permutations outside the domain
 *
 * Source: Phipson & Smyth 2010, section 4, doi:10.2202/1544-6115.1585.
 */
export function monteCarloPermutationTest(
  control: readonly number[],
  treatment: readonly number[],
  drawn: number,
  random: Random,
): PermutationTest {
  const problem = problemOf(control, treatment)
  if (!problem || !(Number.isInteger(drawn) && drawn >= 1)) return NOT_COMPUTABLE
  const counter = counterOf(problem)
  const values = Float64Array.from(problem.values)
  counter.see(problem.observed)
  for (let draw = 0; draw < drawn; draw++) counter.see(sumOfDrawn(values, problem.chosen, random))
  return counter.result(drawn + 1)
}

interface Problem {
  /** All values less the first one: what they have in common says nothing, and costs digits. */
  readonly values: Float64Array
  /** Size of the smaller sample, whose sum decides the difference in means. */
  readonly chosen: number
  readonly observed: number
  /** Its expectation over all assignments. */
  readonly expected: number
  readonly tolerance: number
  /** Whether a larger sum of the smaller sample means a larger difference. */
  readonly isTreatment: boolean
  readonly estimate: number
}

function problemOf(control: readonly number[], treatment: readonly number[]): Problem | undefined {
  const isValid = control.length > 0 && treatment.length > 0
  if (!isValid || ![...control, ...treatment].every(Number.isFinite)) return undefined
  const isTreatment = treatment.length <= control.length
  const [smaller, larger] = isTreatment ? [treatment, control] : [control, treatment]
  const origin = smaller[0] as number
  const values = Float64Array.from([...smaller, ...larger], (value) => value - origin)
  const total = sum(values)
  const chosen = smaller.length
  const observed = sum(values.subarray(0, chosen))
  const difference = observed / chosen - (total - observed) / larger.length
  return {
    values,
    chosen,
    observed,
    expected: (chosen / values.length) * total,
    tolerance: TIE_TOLERANCE * values.reduce((distance, value) => distance + Math.abs(value), 0),
    isTreatment,
    estimate: isTreatment ? difference : -difference,
  }
}

/** Counts assignments by the sum of the smaller sample. */
function counterOf({ observed, expected, tolerance, isTreatment, estimate }: Problem) {
  const distance = Math.abs(observed - expected) - tolerance
  let extreme = 0
  let asLarge = 0
  let asSmall = 0
  return {
    see(chosenSum: number): void {
      if (Math.abs(chosenSum - expected) >= distance) extreme++
      if (chosenSum >= observed - tolerance) asLarge++
      if (chosenSum <= observed + tolerance) asSmall++
    },
    result: (permutations: number): PermutationTest => ({
      estimate,
      permutations,
      pValue: extreme / permutations,
      pValueGreater: (isTreatment ? asLarge : asSmall) / permutations,
      pValueLess: (isTreatment ? asSmall : asLarge) / permutations,
    }),
  }
}

/** Visits the sum of every choice of so many of the values. */
function enumerate(values: Float64Array, chosen: number, see: (sum: number) => void): void {
  const choose = (from: number, left: number, before: number): void => {
    if (left === 0) see(before)
    for (let i = from; left > 0 && i <= values.length - left; i++)
      choose(i + 1, left - 1, before + (values[i] as number))
  }
  choose(0, chosen, 0)
}

/** Sum of so many values drawn without replacement; leaves the values in another order. */
function sumOfDrawn(values: Float64Array, chosen: number, random: Random): number {
  let drawnSum = 0
  for (let i = 0; i < chosen; i++) {
    const j = i + random.integer(values.length - i)
    const value = values[j] as number
    values[j] = values[i] as number
    values[i] = value
    drawnSum += value
  }
  return drawnSum
}

function binomialCoefficient(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= Math.min(k, n - k); i++) product *= (n - i + 1) / i
  return product
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
