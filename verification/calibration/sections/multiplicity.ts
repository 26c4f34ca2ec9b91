import type { Random } from '../../../packages/engine/src/random.ts'
import { normalTwoSidedP } from '../../../packages/engine/src/statistics/distributions/normal.ts'
import { dunnettStepDown, dunnettTest } from '../../../packages/engine/src/statistics/multiplicity/dunnett.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  hommel,
  sidak,
} from '../../../packages/engine/src/statistics/multiplicity/multiple-comparisons.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, FALSE_POSITIVES } from '../band.ts'
import { normalArm } from '../populations/arm.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'

const { exact, atMost } = FALSE_POSITIVES
const RUNS = 20_000
const COMPARISONS = 8

function question(method: string, population: string, sample: string, band: Band, measure: string): Question {
  return { section: 'false-positives', measure, method, population, sample, band }
}

const FAMILY = 'Families of comparisons: any false finding'
const DISCOVERY = 'Families of comparisons: share of findings that are false'

interface Procedure {
  readonly name: string
  readonly adjust: (pValues: readonly number[]) => readonly number[]
  /** For independent comparisons of which none is real. */
  readonly band: Band
}

const PROCEDURES: readonly Procedure[] = [
  { name: 'Bonferroni', adjust: bonferroni, band: atMost },
  { name: 'Šidák', adjust: sidak, band: exact },
  { name: 'Holm', adjust: holm, band: atMost },
  { name: 'Hochberg', adjust: hochberg, band: atMost },
  { name: 'Hommel', adjust: hommel, band: atMost },
  { name: 'Benjamini–Hochberg', adjust: benjaminiHochberg, band: exact },
  { name: 'Benjamini–Yekutieli', adjust: benjaminiYekutieli, band: atMost },
]

/** Test statistics that share a part, as those of metrics of the same units do. */
const families = [0, 0.5].map((correlation) =>
  simulation({
    name: `families/${correlation}`,
    experiments: RUNS,
    questions: PROCEDURES.map(({ name, band }) =>
      question(
        name,
        `normal, correlation ${correlation}`,
        `${COMPARISONS} comparisons`,
        correlation === 0 ? band : atMost,
        FAMILY,
      ),
    ),
    experiment: (random, see) => {
      const pValues = correlatedZ(correlation, random).map(normalTwoSidedP)
      for (const [i, { adjust }] of PROCEDURES.entries())
        see(
          i,
          adjust(pValues).some((p) => p < ALPHA),
        )
    },
  }),
)

function correlatedZ(correlation: number, random: Random): number[] {
  const shared = normalVariate(random)
  return Array.from(
    { length: COMPARISONS },
    () => Math.sqrt(correlation) * shared + Math.sqrt(1 - correlation) * normalVariate(random),
  )
}

const REAL = 3
const REAL_EFFECT = 3

/** Some effects are real: one of the findings is picked, and is false in as many cases as the rate says. */
const discoveries = simulation({
  name: 'false discoveries',
  experiments: RUNS,
  questions: PROCEDURES.slice(-2).map(({ name }) =>
    question(name, 'normal, correlation 0.5', `${REAL} of ${COMPARISONS} real`, atMost, DISCOVERY),
  ),
  experiment: (random, see) => {
    const pValues = correlatedZ(0.5, random).map((z, i) => normalTwoSidedP(i < REAL ? z + REAL_EFFECT : z))
    for (const [i, { adjust }] of PROCEDURES.slice(-2).entries()) {
      const found = adjust(pValues).flatMap((p, comparison) => (p < ALPHA ? [comparison] : []))
      const picked = found[random.integer(Math.max(1, found.length))]
      see(i, picked !== undefined && picked >= REAL)
    }
  },
})

const TREATMENTS = 3

/** Treatments against one control, with the variance common to all or not. */
const dunnett = [10, 200].map((units) =>
  simulation({
    name: `dunnett/${units}`,
    experiments: 10_000,
    questions: [
      question(
        "Dunnett's test",
        'normal, one variance',
        `${TREATMENTS} treatments, ${units} each`,
        exact,
        FAMILY,
      ),
      question(
        'Dunnett, step-down',
        'normal, one variance',
        `${TREATMENTS} treatments, ${units} each`,
        exact,
        FAMILY,
      ),
    ],
    experiment: (random, see) => {
      const summaries = Array.from({ length: TREATMENTS + 1 }, () => {
        const arm = normalArm(0, 1)
        arm.add(units, random)
        const { mean, covariance } = arm.summary()
        return { mean: mean[0] as number, variance: covariance[0]?.[0] as number }
      })
      const variance = summaries.reduce((sum, each) => sum + each.variance, 0) / summaries.length
      const [control, ...treatments] = summaries
      const family = {
        controlStandardError: Math.sqrt(variance / units),
        effects: treatments.map(({ mean }) => ({
          estimate: mean - (control?.mean ?? Number.NaN),
          standardError: Math.sqrt((2 * variance) / units),
          degreesOfFreedom: summaries.length * (units - 1),
        })),
      }
      see(
        0,
        dunnettTest(family, ALPHA).some(({ pValue }) => pValue < ALPHA),
      )
      see(
        1,
        dunnettStepDown(family).some((p) => p < ALPHA),
      )
    },
  }),
)

export const multiplicity: readonly Study[] = [...families, discoveries, ...dunnett]
