import type { Comparison } from '../../../packages/engine/src/estimator.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import { ALPHA, type Band, COVERAGE, FALSE_POSITIVES } from '../band.ts'
import { contendersFor } from '../populations/contenders.ts'
import { POPULATIONS, type Population } from '../populations/population.ts'
import { type Study, simulation } from '../study.ts'

/** Units per variant, experiments of a full run, and how little the time to draw them matters. */
const SAMPLES = [
  { units: 100, experiments: 20_000, leniency: 10 },
  { units: 1000, experiments: 20_000, leniency: 3 },
  { units: 10_000, experiments: 10_000, leniency: 1 },
]

/** Relative effect that is there when coverage is measured. */
const EFFECT = 0.1

/** Successes expected in a variant below which the proportions are compared by exact tests. */
const FEW_SUCCESSES = 20

/** Every method of an analysis that allows one look, where nothing differs. */
export const oneLookFalsePositives: readonly Study[] = eachSample((population, units, experiments) => {
  const estimators = contendersFor(population, 'fixed-horizon')
  return simulation({
    name: `one look, no difference/${population.name}/${units}`,
    experiments,
    questions: estimators.map(({ name }) => ({
      section: 'false-positives',
      measure: 'Methods of an analysis, one look',
      method: name,
      population: population.name,
      sample: sampleOf(units),
      band: falsePositiveBand(population, units),
    })),
    experiment: (random, see) => {
      const [control, treatment] = pairOf(population, units, 0, random)
      for (const [i, estimator] of estimators.entries()) {
        const comparison = estimator.compare(control, treatment, { alpha: ALPHA })
        see(i, comparison.status === 'ok' && comparison.pValue < ALPHA)
      }
    },
  })
})

/** The same with an effect: do the intervals hold it? */
export const oneLookCoverage: readonly Study[] = eachSample((population, units, experiments) => {
  const estimators = contendersFor(population, 'fixed-horizon')
  return simulation({
    name: `one look, effect/${population.name}/${units}`,
    experiments,
    questions: estimators.flatMap(({ name }) =>
      ['difference', 'relative effect'].map((scale) => ({
        section: 'coverage' as const,
        measure: `Methods of an analysis, one look, ${scale}`,
        method: name,
        population: population.name,
        sample: sampleOf(units),
        band: COVERAGE.approximate,
      })),
    ),
    experiment: (random, see) => {
      const [control, treatment] = pairOf(population, units, EFFECT, random)
      for (const [i, estimator] of estimators.entries()) {
        const comparison = estimator.compare(control, treatment, { alpha: ALPHA })
        see(2 * i, holdsAbsolute(comparison, EFFECT * population.value))
        see(2 * i + 1, holdsRelative(comparison, EFFECT))
      }
    },
  })
})

function eachSample(study: (population: Population, units: number, experiments: number) => Study): Study[] {
  return POPULATIONS.flatMap((population) =>
    SAMPLES.map(({ units, experiments, leniency }) =>
      study(population, units, Math.ceil(experiments * Math.min(1, leniency * population.pace))),
    ),
  )
}

function pairOf(population: Population, units: number, effect: number, random: Random) {
  const [control, treatment] = [population.arm(0), population.arm(effect)]
  control.add(units, random)
  treatment.add(units, random)
  return [control.summary(), treatment.summary()] as const
}

function falsePositiveBand({ kind, value }: Population, units: number): Band {
  const isRare = kind === 'proportion' && value * units < FEW_SUCCESSES
  return isRare ? FALSE_POSITIVES.atMost : FALSE_POSITIVES.approximate
}

export function sampleOf(units: number): string {
  return units.toLocaleString('en')
}

/** Undefined where there is no interval. */
export function holdsAbsolute(comparison: Comparison, truth: number): boolean | undefined {
  return comparison.status === 'ok' ? holds(comparison.absolute, truth) : undefined
}

export function holdsRelative(comparison: Comparison, truth: number): boolean | undefined {
  if (comparison.status !== 'ok' || comparison.relative.status !== 'ok') return undefined
  return holds(comparison.relative, truth)
}

/** Undefined where the interval is not there. */
export function holds(
  { low, high }: { readonly low: number; readonly high: number },
  truth: number,
): boolean | undefined {
  if (Number.isNaN(low) || Number.isNaN(high)) return undefined
  return low <= truth && truth <= high
}
