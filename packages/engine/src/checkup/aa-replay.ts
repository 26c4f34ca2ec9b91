import type { AaReplay, ReplayedMetric, ReplayedTest } from '@helios/sdk'
import { dayOf } from '../clock.ts'
import { HeliosError } from '../errors.ts'
import { notComputable, refusal } from '../estimator.ts'
import type { ExperimentTotals } from '../projection/experiment-totals.ts'
import { Random } from '../random.ts'
import { studentTTwoSidedP } from '../statistics/distributions/student-t.ts'
import { type Effect, type EffectProblem, isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { proportionEffect } from '../statistics/effects/proportion-effect.ts'
import { ratioEffect } from '../statistics/effects/ratio-effect.ts'
import type { MomentsSummary } from '../statistics/moments/cross-moments.ts'
import { uniformityOf } from './kolmogorov.ts'
import { type CheckupQuestion, controlOf, type PlannedMetric, plannedMetrics, untilOf } from './question.ts'
import { dividedHalves, REPLAYS_PER_BLOCK, type ReplaySample, replaySample } from './random-halves.ts'
import { firstOpenDay, UNITS_BETWEEN_PAUSES } from './unit-scan.ts'

export interface AaReplayOptions {
  /** 20 to 2000; 200 by default. */
  readonly replays?: number
  /** A whole number; 1 by default. */
  readonly seed?: number
  /** Whose units are divided; those of the control by default. */
  readonly population?: AaReplay['population']
}

/** Units that one replay divides at most; of more, a simple random sample is taken. */
export const MOST_REPLAYED_UNITS = 100_000
const FEWEST_REPLAYS = 20
const MOST_REPLAYS = 2000
const ALPHA = 0.05
const BARS = 20

interface Test {
  readonly name: string
  readonly effect: (a: MomentsSummary, b: MomentsSummary) => Effect | EffectProblem
}

const MEAN: Test = { name: "Welch's t", effect: meanEffect }
const PROPORTION: Test = { name: 'two-proportion z', effect: proportionEffect }
const TESTS: Readonly<Record<PlannedMetric['metric']['kind'], Test | undefined>> = {
  mean: MEAN,
  count: MEAN,
  proportion: PROPORTION,
  retention: PROPORTION,
  ratio: { name: 'delta method for ratios, z', effect: ratioEffect },
  quantile: undefined,
}

/**
 * Divides the units at random into two halves, again and again, and tests each metric between the halves. There
 * is no effect then, whatever the experiment did: p < 0.05 is to happen in 5 % of the replays and p-values are to
 * be spread evenly. Where they are not, a few units decide, and the test is not to be taken at its word.
 *
 * Means by Welch's t, proportions by the unpooled z, ratios by the delta method, each for one look; variance
 * reduction and looking again and again are not replayed. Given the units, replays are independent of each other.
 * A proportion of few units has few possible p-values, which look uneven without harm.
 *
 * O(units × replays) per metric, with pauses for other work; the same seed and units give the same answer.
 * Throws HEL_REQUEST_INVALID for options outside their domain.
 *
 * Source: Kohavi, Tang & Xu 2020, Trustworthy Online Controlled Experiments, chapter 19,
 * doi:10.1017/9781108653985.
 */
export async function aaReplayOf(
  question: CheckupQuestion,
  { replays = 200, seed = 1, population = 'control' }: AaReplayOptions = {},
): Promise<AaReplay> {
  requireSensible(replays, seed, population)
  const { slots, available } = await sampledSlots(question, population, seed)
  const metrics: [string, ReplayedMetric][] = []
  for (const planned of plannedMetrics(question)) {
    metrics.push([planned.metric.key, await replayMetric(question, planned, slots, { replays, seed })])
  }
  return {
    replays,
    seed,
    population,
    units: slots.length,
    unitsAvailable: available,
    metrics: Object.fromEntries(metrics),
  }
}

function requireSensible(replays: number, seed: number, population: string): void {
  const rules = [
    [
      Number.isInteger(replays) && replays >= FEWEST_REPLAYS && replays <= MOST_REPLAYS,
      `replays must be a whole number from ${FEWEST_REPLAYS} to ${MOST_REPLAYS}`,
    ],
    [Number.isSafeInteger(seed), 'seed must be a whole number'],
    [['control', 'all'].includes(population), 'population must be "control" or "all"'],
  ] as const
  for (const [holds, problem] of rules) if (!holds) throw new HeliosError('HEL_REQUEST_INVALID', { problem })
}

/** Slots of the population, or of a simple random sample (Knuth, TAOCP vol. 2, 3.4.2, algorithm S). */
async function sampledSlots(
  question: CheckupQuestion,
  population: AaReplay['population'],
  seed: number,
): Promise<{ readonly slots: Uint32Array; readonly available: number }> {
  const { totals } = question
  const control = controlOf(question)
  const counts = population === 'all' ? totals.counts() : totals.counts().slice(control, control + 1)
  const available = counts.reduce((sum, count) => sum + count, 0)
  const slots = new Uint32Array(Math.min(available, MOST_REPLAYED_UNITS))
  const chance = new Random(seed).split('sample')
  let taken = 0
  let passed = 0
  for (let slot = 0; slot < totals.count && taken < slots.length; slot++) {
    if (slot > 0 && slot % UNITS_BETWEEN_PAUSES === 0) await new Promise(setImmediate)
    const isOther = population === 'control' && totals.variantOf(slot) !== control
    if (isOther || totals.isWithdrawn(slot)) continue
    if (chance.next() * (available - passed) < slots.length - taken) slots[taken++] = slot
    passed += 1
  }
  return { slots: slots.subarray(0, taken), available }
}

async function replayMetric(
  question: CheckupQuestion,
  { metric, index }: PlannedMetric,
  slots: Uint32Array,
  { replays, seed }: { readonly replays: number; readonly seed: number },
): Promise<ReplayedMetric> {
  const test = TESTS[metric.kind]
  if (!test) return notComputable('no-estimator', 'Quantiles are not replayed; the other metrics are.')
  const sample = sampleOf(question.totals, index, slots, untilOf(question))
  if (sample.isConstant) return refusal('zero-variance')
  const pValues: number[] = []
  let problem: EffectProblem = 'too-few-units'
  for (let done = 0; done < replays; done += REPLAYS_PER_BLOCK) {
    await new Promise(setImmediate)
    const halves = dividedHalves(sample, seed, done / REPLAYS_PER_BLOCK)
    for (const [a, b] of halves.slice(0, replays - done)) {
      const effect = test.effect(a, b)
      if (isProblem(effect)) problem = effect
      else pValues.push(pValueOf(effect))
    }
  }
  if (pValues.length === 0) return refusal(problem)
  return { status: 'ok', method: test.name, units: sample.units.length, ...judged(pValues) }
}

/** What the units have of a metric, of those that count for it. */
function sampleOf(totals: ExperimentTotals, metric: number, slots: Uint32Array, until: number): ReplaySample {
  const { outcomes = 1, maturesAfter } = totals.plan.metrics[metric] ?? {}
  const firstOpen = firstOpenDay(maturesAfter, until)
  const units = new Uint32Array(slots.length)
  const components = Array.from({ length: outcomes }, () => new Float64Array(slots.length))
  const values = new Float64Array(outcomes)
  let count = 0
  for (const slot of slots) {
    if (dayOf(totals.exposedAt[slot] as number) >= firstOpen) continue
    if (!totals.readOutcomes(metric, slot, values)) continue
    units[count] = totals.unit[slot] as number
    for (const [i, component] of components.entries()) component[count] = values[i] as number
    count += 1
  }
  return replaySample(
    units.subarray(0, count),
    components.map((component) => component.subarray(0, count)),
  )
}

/** By t, which is z where the degrees of freedom are infinite. */
function pValueOf({ estimate, standardError, degreesOfFreedom }: Effect): number {
  return studentTTwoSidedP(estimate / standardError, degreesOfFreedom)
}

function judged(pValues: readonly number[]): Omit<ReplayedTest, 'status' | 'method' | 'units'> {
  const replays = pValues.length
  const histogram = new Array<number>(BARS).fill(0)
  for (const p of pValues) {
    const bar = Math.min(BARS - 1, Math.floor(p * BARS))
    histogram[bar] = (histogram[bar] ?? 0) + 1
  }
  return {
    replays,
    falsePositives: {
      alpha: ALPHA,
      share: pValues.filter((p) => p < ALPHA).length / replays,
      standardError: Math.sqrt((ALPHA * (1 - ALPHA)) / replays),
    },
    uniformity: uniformityOf(pValues),
    histogram,
  }
}
