import { dailyEffects } from '../../../packages/engine/src/checkup/daily-effects.ts'
import { noveltyOf } from '../../../packages/engine/src/checkup/novelty.ts'
import { weekdayPatternOf } from '../../../packages/engine/src/checkup/weekday.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import { metaAnalysis } from '../../../packages/engine/src/statistics/heterogeneity/meta-analysis.ts'
import { sampleRatioTest } from '../../../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import {
  equivalenceTest,
  nonInferiorityTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/equivalence.ts'
import { CrossMoments } from '../../../packages/engine/src/statistics/moments/cross-moments.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, FALSE_POSITIVES } from '../band.ts'
import { type Arm, normalArm } from '../populations/arm.ts'
import { binomialVariate } from '../populations/binomial-variate.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'

const { exact, approximate } = FALSE_POSITIVES
const RUNS = 20_000

function question(method: string, population: string, sample: string, band: Band): Question {
  return { section: 'false-positives', measure: 'Checks of an experiment', method, population, sample, band }
}

const sampleRatioOfThree = simulation({
  name: 'sample ratio of three',
  experiments: RUNS,
  questions: [question('sample ratio, chi-square', '50 : 25 : 25', '1,000 of all', approximate)],
  experiment: (random, see) => {
    const first = binomialVariate(random, 1000, 0.5)
    const second = binomialVariate(random, 1000 - first, 0.5)
    see(0, sampleRatioTest([first, second, 1000 - first - second], [2, 1, 1]).pValue < ALPHA)
  },
})

const SEGMENTS = 5

/** Segments with one common effect, whose standard errors are estimated from so many units. */
const heterogeneity = [20, 200].map((units) =>
  simulation({
    name: `heterogeneity/${units}`,
    experiments: RUNS,
    questions: [
      question("segments differ, Cochran's Q", 'normal, 5 segments', `${units} in each`, approximate),
    ],
    experiment: (random, see) => {
      const segments = Array.from({ length: SEGMENTS }, (_, k) => segmentEffect(units, 1 + k, random))
      see(0, metaAnalysis(segments).pValue < ALPHA)
    },
  }),
)

const heterogeneityKnown = simulation({
  name: 'heterogeneity/known',
  experiments: RUNS,
  questions: [question("segments differ, Cochran's Q", 'normal, 5 segments', 'known variances', exact)],
  experiment: (random, see) => {
    const segments = Array.from({ length: SEGMENTS }, (_, k) => ({
      estimate: (1 + k) * normalVariate(random),
      standardError: 1 + k,
    }))
    see(0, metaAnalysis(segments).pValue < ALPHA)
  },
})

function segmentEffect(units: number, deviation: number, random: Random) {
  const [control, treatment] = [normalArm(0, deviation), normalArm(0, deviation)]
  control.add(units, random)
  treatment.add(units, random)
  return differenceOf(control, treatment, units)
}

function differenceOf(control: Arm, treatment: Arm, units: number) {
  const [c, t] = [control.summary(), treatment.summary()]
  const variance = (c.covariance[0]?.[0] as number) + (t.covariance[0]?.[0] as number)
  return {
    estimate: (t.mean[0] as number) - (c.mean[0] as number),
    standardError: Math.sqrt(variance / units),
  }
}

const DAYS = 21
const UNITS_PER_DAY = 50

/** An effect that is the same on all days. */
const days = simulation({
  name: 'novelty and weekdays',
  experiments: 4000,
  questions: [
    question('novelty: trend over the days', 'normal', `${DAYS} days of ${UNITS_PER_DAY}`, approximate),
    question('pattern over the weekdays', 'normal', `${DAYS} days of ${UNITS_PER_DAY}`, approximate),
  ],
  experiment: (random, see) => {
    const byDay = Array.from({ length: DAYS }, (_, day): [number, CrossMoments] => {
      const moments = new CrossMoments(2, 1)
      for (const variant of [0, 1])
        for (let i = 0; i < UNITS_PER_DAY; i++) moments.add(variant, [normalVariate(random)], 1)
      return [day, moments]
    })
    const effects = dailyEffects(new Map(byDay), 0, 1)
    see(0, (noveltyOf(effects, true)?.pValue ?? 1) < ALPHA)
    see(1, (weekdayPatternOf(effects, true)?.pValue ?? 1) < ALPHA)
  },
})

const MARGINS = { low: -0.5, high: 0.5 }
const UNITS = 100

/** A truth right at the margin: not equivalent, but only just. */
const equivalence = simulation({
  name: 'equivalence',
  experiments: RUNS,
  questions: [
    question('equivalence, truth at the margin (TOST)', 'normal, one variance', `${UNITS}`, exact),
    question('non-inferiority, truth at the margin', 'normal, one variance', `${UNITS}`, exact),
  ],
  experiment: (random, see) => {
    const [control, treatment] = [normalArm(0, 1), normalArm(MARGINS.low, 1)]
    control.add(UNITS, random)
    treatment.add(UNITS, random)
    const { estimate, standardError } = differenceOf(control, treatment, UNITS)
    const effect = { estimate, standardError, degreesOfFreedom: 2 * UNITS - 2 }
    see(0, equivalenceTest(effect, MARGINS, ALPHA).pValue < ALPHA)
    see(1, nonInferiorityTest(effect, MARGINS.low).pValue < ALPHA)
  },
})

export const checks: readonly Study[] = [
  sampleRatioOfThree,
  ...heterogeneity,
  heterogeneityKnown,
  days,
  equivalence,
]
