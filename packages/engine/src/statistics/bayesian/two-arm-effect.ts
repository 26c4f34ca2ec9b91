import type { EffectDistribution } from './effect.ts'
import type { PosteriorTable, WeightedPoints } from './posterior-table.ts'
import type { Arm, Relation } from './relation.ts'

/** One arm: its distribution, and the deviation of its value. */
export interface TabulatedArm {
  readonly table: PosteriorTable
  readonly deviation: number
}

/**
 * The distribution of an effect of two independent arms, by going through the values of the one that varies less
 * and asking the other where its partner would have to be: P(effect ≤ e) = ∫ g(x) G(partner of x at e).
 *
 * @param scale see {@link EffectDistribution}
 */
export function twoArmEffect(
  arms: Readonly<Record<Arm, TabulatedArm>>,
  relation: Relation,
  scale: Pick<EffectDistribution, 'centre' | 'spread' | 'atScale' | 'stretch' | 'least' | 'most'>,
): EffectDistribution {
  const arm: Arm = arms.control.deviation <= arms.treatment.deviation ? 'control' : 'treatment'
  const narrow = arms[arm].table
  const { table: wide } = arms[arm === 'control' ? 'treatment' : 'control']
  const pointsFor = (effect: number): WeightedPoints => {
    const breaks = relation.breaks(arm, effect).filter((at) => at > narrow.from && at < narrow.to)
    return breaks.length > 0 ? narrow.weightedPointsBeside(breaks) : narrow.weightedPoints
  }
  // The larger the control the smaller the effect.
  const below = arm === 'control' ? wide.lower : wide.upper
  return {
    ...scale,
    cdf: (effect) => {
      if (effect <= scale.least) return 0
      if (effect >= scale.most) return 1
      const sum = weightedSum(pointsFor(effect), (at) => below(relation.partner(arm, at, effect)))
      return Math.min(1, Math.max(0, sum))
    },
    density: (effect) => {
      if (effect <= scale.least || effect >= scale.most) return 0
      return weightedSum(pointsFor(effect), (at) => {
        const partner = relation.partner(arm, at, effect)
        if (!(partner > wide.from && partner < wide.to)) return 0
        return Math.exp(wide.density.logPeak + wide.density.drop(partner)) * relation.speed(partner, effect)
      })
    },
  }
}

function weightedSum({ points, weights }: WeightedPoints, f: (at: number) => number): number {
  let sum = 0
  for (let i = 0; i < points.length; i++) sum += (weights[i] as number) * f(points[i] as number)
  return sum
}
