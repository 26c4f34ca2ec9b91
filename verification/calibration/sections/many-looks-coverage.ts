import { COVERAGE } from '../band.ts'
import { DAILY, eachLook } from '../populations/looks.ts'
import { POPULATIONS } from '../populations/population.ts'
import { sequentialRules } from '../populations/rules.ts'
import { type Study, simulation } from '../study.ts'
import { holdsAbsolute, holdsRelative } from './estimators-one-look.ts'

const RUNS = 5000
const EFFECT = 0.1
const SCALES = ['difference', 'relative effect'] as const

/** Share of experiments in which the intervals of all looks hold the truth, with an effect that is there. */
export const manyLooksCoverage: readonly Study[] = POPULATIONS.map((population) => {
  const rules = sequentialRules(population, DAILY)
  return simulation({
    name: `all looks/${population.name}`,
    experiments: Math.ceil(RUNS * population.pace),
    questions: rules.flatMap(({ name, inference }) =>
      SCALES.map((scale) => ({
        section: 'coverage' as const,
        measure: `Sequences of an analysis, all looks together, ${scale}`,
        method: name,
        population: population.name,
        sample: DAILY.name,
        band: inference === 'group-sequential' ? COVERAGE.approximate : COVERAGE.atLeast,
      })),
    ),
    experiment: (random, see) => {
      const held = rules.map((): [boolean | undefined, boolean | undefined] => [undefined, undefined])
      eachLook(population, EFFECT, DAILY, random, (look) => {
        for (const [i, rule] of rules.entries()) {
          const comparison = rule.read(look)
          const state = held[i]
          if (!comparison || !state) continue
          state[0] = both(state[0], holdsAbsolute(comparison, EFFECT * population.value))
          state[1] = both(state[1], holdsRelative(comparison, EFFECT))
        }
        return true
      })
      for (const [i, [absolute, relative]] of held.entries()) {
        see(2 * i, absolute)
        see(2 * i + 1, relative)
      }
    },
  })
})

/** A look without an interval says nothing. */
function both(before: boolean | undefined, now: boolean | undefined): boolean | undefined {
  if (now === undefined) return before
  return now && before !== false
}
