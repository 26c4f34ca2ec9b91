import type { Random } from '../../../packages/engine/src/random.ts'
import { studentTTwoSidedP } from '../../../packages/engine/src/statistics/distributions/student-t.ts'
import { matrix } from '../../../packages/engine/src/statistics/linear-algebra/matrix.ts'
import type { MomentsSummary } from '../../../packages/engine/src/statistics/moments/cross-moments.ts'
import { clusterRobust } from '../../../packages/engine/src/statistics/regression/cluster-robust.ts'
import { adjustForCovariates } from '../../../packages/engine/src/statistics/regression/covariate-adjustment.ts'
import { cuped } from '../../../packages/engine/src/statistics/regression/cuped.ts'
import { adjustWithInteractions } from '../../../packages/engine/src/statistics/regression/interacted-adjustment.ts'
import {
  linearRegression,
  type RobustKind,
  standardErrors,
} from '../../../packages/engine/src/statistics/regression/linear-regression.ts'
import { postStratify } from '../../../packages/engine/src/statistics/regression/post-stratification.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, FALSE_POSITIVES, FOR_CONTRAST } from '../band.ts'
import { drawnArm } from '../populations/arm.ts'
import { CORRELATION, logNormalVariate } from '../populations/population.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'

const { approximate } = FALSE_POSITIVES

function question(method: string, population: string, sample: string, band: Band = approximate): Question {
  return {
    section: 'false-positives',
    measure: 'Adjusted and clustered comparisons',
    method,
    population,
    sample,
    band,
  }
}

interface Adjusted {
  readonly difference: number
  readonly standardError: number
  readonly degreesOfFreedom: number
}

/** No answer counts as no finding. */
function finds(adjusted: Adjusted | undefined): boolean {
  if (!adjusted) return false
  const { difference, standardError, degreesOfFreedom } = adjusted
  return studentTTwoSidedP(difference / standardError, degreesOfFreedom) < ALPHA
}

interface CovariateSituation {
  readonly name: string
  readonly units: readonly [number, number]
  /** Writes outcome and covariate of one unit. */
  draw(random: Random, unit: Float64Array): void
}

const METHODS: readonly [
  string,
  (control: MomentsSummary, treatment: MomentsSummary) => Adjusted | undefined,
][] = [
  ['CUPED, θ within the variants', (control, treatment) => cuped(control, treatment, 'within')],
  ['CUPED, θ overall', (control, treatment) => cuped(control, treatment, 'overall')],
  ['analysis of covariance', adjustForCovariates],
  ['Lin, interactions', adjustWithInteractions],
]

const SITUATIONS: readonly CovariateSituation[] = [
  ...(
    [
      [20, 20],
      [200, 200],
      [100, 900],
    ] as const
  ).map((units) => ({
    name: 'normal, correlation 0.7',
    units,
    draw: (random: Random, unit: Float64Array) => {
      const before = normalVariate(random)
      unit[0] = CORRELATION * before + Math.sqrt(1 - CORRELATION ** 2) * normalVariate(random)
      unit[1] = before
    },
  })),
  {
    name: 'log-normal before and after',
    units: [1000, 1000],
    draw: (random, unit) => {
      const before = logNormalVariate(random)
      unit[0] = before * Math.exp(0.5 * normalVariate(random))
      unit[1] = before
    },
  },
]

const covariates = SITUATIONS.map(({ name, units, draw }) =>
  simulation({
    name: `covariates/${name}/${units.join('/')}`,
    experiments: units[0] >= 1000 ? 4000 : 20_000,
    questions: METHODS.map(([method]) => question(method, name, units.join(' / '))),
    experiment: (random, see) => {
      const [control, treatment] = units.map((count) => {
        const arm = drawnArm({ outcomes: 2, origin: [0, 0], draw })
        arm.add(count, random)
        return arm.summary()
      }) as [MomentsSummary, MomentsSummary]
      for (const [i, [, adjust]] of METHODS.entries()) see(i, finds(adjust(control, treatment)))
    },
  }),
)

const STRATA_MEANS = [0, 1, 3]

/** Units in strata by chance, as they come. */
const strata = [60, 600].map((units) =>
  simulation({
    name: `post-stratification/${units}`,
    experiments: 20_000,
    questions: [question('post-stratification, 3 strata', 'normal', `${units} / ${units}`)],
    experiment: (random, see) => {
      const arms = STRATA_MEANS.map((mean) =>
        [0, 1].map(() =>
          drawnArm({
            outcomes: 1,
            origin: [mean],
            draw: (chance, unit) => {
              unit[0] = mean + normalVariate(chance)
            },
          }),
        ),
      )
      for (let i = 0; i < 2 * units; i++) arms[random.integer(STRATA_MEANS.length)]?.[i % 2]?.add(1, random)
      const summaries = arms.map(([control, treatment]) => ({
        control: (control as (typeof arms)[0][0]).summary(),
        treatment: (treatment as (typeof arms)[0][0]).summary(),
      }))
      see(0, finds(postStratify(summaries)))
    },
  }),
)

const ROWS_PER_CLUSTER = 10
const SHARED_DEVIATION = 0.7

/** Sessions of users: users are randomised, and the sessions of one are alike. */
const clusters = [10, 40, 200].map((count) =>
  simulation({
    name: `clusters/${count}`,
    experiments: count > 100 ? 4000 : 10_000,
    questions: [
      question(
        'cluster-robust regression (CR1)',
        'normal, clusters of 10, correlation 0.33',
        `${count / 2} / ${count / 2} clusters`,
      ),
      question(
        'the same, units taken as independent',
        'normal, clusters of 10, correlation 0.33',
        `${count / 2} / ${count / 2} clusters`,
        FOR_CONTRAST,
      ),
    ],
    experiment: (random, see) => {
      const { design, outcomes, members } = clusteredRows(count, random)
      const regression = linearRegression(design, outcomes)
      if (!regression) return
      const slope = regression.coefficients[1] as number
      const robust = clusterRobust(regression, members, 'cr1')
      see(0, robust ? findsSlope(slope, robust.covariance.data[3] as number, robust.degreesOfFreedom) : false)
      const naive = (standardErrors(regression, 'classic')[1] as number) ** 2
      see(1, findsSlope(slope, naive, regression.degreesOfFreedom))
    },
  }),
)

function findsSlope(slope: number, variance: number, degreesOfFreedom: number): boolean {
  return studentTTwoSidedP(slope / Math.sqrt(variance), degreesOfFreedom) < ALPHA
}

function clusteredRows(count: number, random: Random) {
  const rows = count * ROWS_PER_CLUSTER
  const design = matrix(rows, 2)
  const outcomes = new Float64Array(rows)
  const members = new Int32Array(rows)
  for (let cluster = 0, row = 0; cluster < count; cluster++) {
    const shared = SHARED_DEVIATION * normalVariate(random)
    for (let i = 0; i < ROWS_PER_CLUSTER; i++, row++) {
      design.data[2 * row] = 1
      design.data[2 * row + 1] = cluster % 2
      outcomes[row] = shared + normalVariate(random)
      members[row] = cluster
    }
  }
  return { design, outcomes, members }
}

const ROBUST_KINDS: readonly RobustKind[] = ['hc1', 'hc2', 'hc3']

/** Few units whose variance depends on the variant: what the kinds of standard errors were made for. */
const robust = simulation({
  name: 'robust regression',
  experiments: 20_000,
  questions: ROBUST_KINDS.map((kind) =>
    question(`regression, ${kind.toUpperCase()}`, 'normal, deviations 3 : 1', '40 / 160'),
  ),
  experiment: (random, see) => {
    const design = matrix(200, 2)
    const outcomes = new Float64Array(200)
    for (let row = 0; row < 200; row++) {
      const isTreatment = row >= 40
      design.data[2 * row] = 1
      design.data[2 * row + 1] = isTreatment ? 1 : 0
      outcomes[row] = (isTreatment ? 1 : 3) * normalVariate(random)
    }
    const regression = linearRegression(design, outcomes)
    if (!regression) return
    const slope = regression.coefficients[1] as number
    for (const [i, kind] of ROBUST_KINDS.entries())
      see(
        i,
        findsSlope(slope, (standardErrors(regression, kind)[1] as number) ** 2, regression.degreesOfFreedom),
      )
  },
})

export const adjustments: readonly Study[] = [...covariates, ...strata, ...clusters, robust]
