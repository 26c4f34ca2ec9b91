import { compileExperiment, decide, POINTS, slotsFromWeights } from '../../packages/sdk/src/index.ts'
import { COUNTRY, type Contender, EXPERIMENT, VARIANTS } from './contender.ts'

/**
 * `coverage` in points: at full coverage the unit is hashed once, below it twice. One point below full lets
 * practically everyone in, at the full price.
 */
export function helios(name: string, coverage = POINTS): Contender {
  const experiment = compileExperiment({
    key: EXPERIMENT,
    version: 1,
    status: 'running',
    unit: 'user',
    salt: `${EXPERIMENT}@1`,
    variants: VARIANTS.map((key) => ({ key, payload: key })),
    control: VARIANTS[0],
    slots: slotsFromWeights(VARIANTS, { [VARIANTS[0]]: 1, [VARIANTS[1]]: 1 }),
    coverage,
    audience: { attribute: 'country', operator: 'equals', value: COUNTRY },
    sticky: false,
  })
  return {
    name,
    decide: (user) => {
      const decision = decide(experiment, user.id, { attributes: user.attributes })
      return decision.tracked ? decision.variant : undefined
    },
    close: () => {},
  }
}
