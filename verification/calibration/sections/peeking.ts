import { compareNormals } from '../../../packages/engine/src/statistics/bayesian/compare-two.ts'
import { normalPosterior } from '../../../packages/engine/src/statistics/bayesian/posterior.ts'
import { isProblem } from '../../../packages/engine/src/statistics/effects/effect.ts'
import { meanEffect } from '../../../packages/engine/src/statistics/effects/mean-effect.ts'
import { ALPHA, type Band, FALSE_POSITIVES, FOR_CONTRAST } from '../band.ts'
import { contenderFor } from '../populations/contenders.ts'
import { CONTINUOUS, DAILY, eachLook, type Look, type LookPlan } from '../populations/looks.ts'
import { POPULATIONS, type Population } from '../populations/population.ts'
import { finds, ruleOf, sequentialRules } from '../populations/rules.ts'
import { type Study, simulation } from '../study.ts'

/** What is looked at again and again: does it ever say that there is a difference? */
interface Alarm {
  readonly name: string
  readonly band: Band
  rings(look: Look): boolean
}

/** "95 % chance to be better", for either variant, under a prior that knows nothing. */
const FLAT_BAYES: Alarm = {
  name: 'flat prior, a variant 95 % likely to be better',
  band: FOR_CONTRAST,
  rings: ({ control, treatment }) => {
    const effect = meanEffect(control, treatment)
    if (isProblem(effect)) return false
    const [a, b] = [effect.control, effect.treatment].map(({ value, variance }) =>
      normalPosterior({ estimate: value, standardError: Math.sqrt(variance) }),
    )
    if (!a || !b) return false
    const { chanceToBeatControl, chanceControlBetter } = compareNormals(a, b)
    return Math.max(chanceToBeatControl, chanceControlBetter) > 1 - ALPHA
  },
}

const RUNS = 10_000

/** Share of experiments without a difference in which one was found at any look. */
export const dailyLooks = POPULATIONS.map((population) =>
  lookingStudy(population, DAILY, RUNS, [
    ...sequentialAlarms(population, DAILY, FALSE_POSITIVES.alwaysValid),
    repeatedly(population, DAILY),
    ...(population.kind === 'mean' || population.kind === 'proportion' ? [FLAT_BAYES] : []),
  ]),
)

const OFTEN = POPULATIONS.filter(({ kind, hasCovariate }) => kind !== 'quantile' && !hasCovariate)

export const continuousLooks = OFTEN.map((population) =>
  lookingStudy(population, CONTINUOUS, RUNS / 2, [
    ...sequentialAlarms(population, CONTINUOUS, FALSE_POSITIVES.alwaysValid).filter(
      ({ name }) => !name.startsWith('group-sequential'),
    ),
    repeatedly(population, CONTINUOUS),
  ]),
)

function lookingStudy(
  population: Population,
  plan: LookPlan,
  experiments: number,
  alarms: readonly Alarm[],
): Study {
  return simulation({
    name: `peeking/${plan.name}/${population.name}`,
    experiments: Math.ceil(experiments * population.pace),
    questions: alarms.map(({ name, band }) => ({
      section: 'peeking',
      measure: plan === DAILY ? 'Looks on 28 days, stopping at the first finding' : 'Looks all the time',
      method: name,
      population: population.name,
      sample: plan.name,
      band,
    })),
    experiment: (random, see) => {
      const silent = new Set(alarms.keys())
      eachLook(population, 0, plan, random, (look) => {
        for (const i of silent) if (alarms[i]?.rings(look)) silent.delete(i)
        return silent.size > 0
      })
      for (const i of alarms.keys()) see(i, !silent.has(i))
    },
  })
}

/** The mixture test is tuned to effects, not to a number of looks: no lower bound can be asked of it. */
function sequentialAlarms(population: Population, plan: LookPlan, band: Band): Alarm[] {
  const bands = {
    'always-valid': band,
    'mixture-sprt': FALSE_POSITIVES.atMost,
    'group-sequential': FALSE_POSITIVES.groupSequential,
    'fixed-horizon': FOR_CONTRAST,
  }
  return sequentialRules(population, plan).map(({ name, inference, read }) => ({
    name,
    band: bands[inference],
    rings: (look) => finds(read(look)),
  }))
}

/** A method for one look, read at every one. */
function repeatedly(population: Population, plan: LookPlan): Alarm {
  const estimator = contenderFor(population, 'fixed-horizon')
  const { read } = ruleOf(estimator, plan)
  return { name: `${estimator.name} at every look`, band: FOR_CONTRAST, rings: (look) => finds(read(look)) }
}
