import type { Policy } from '../policy.ts'

/** Equal traffic for every arm: the policy that all others are measured against. */
export const uniform: Policy = {
  name: 'uniform',
  propensities: (arms) => arms.map(() => 1 / arms.length),
}
