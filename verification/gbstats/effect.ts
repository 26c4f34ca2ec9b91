import {
  type Estimate,
  relativeStandardError,
} from '../../packages/engine/src/statistics/intervals/relative-effect.ts'
import { satterthwaite } from '../../packages/engine/src/statistics/regression/adjustment.ts'
import type { EffectConfig } from './golden.ts'

/** An effect on the scale that was asked for, as gbstats measures it before any test. */
export interface PeerEffect {
  readonly estimate: number
  readonly standardError: number
  readonly degreesOfFreedom: number
  /** Of both variants. */
  readonly units: number
  /** Value of the control without adjustment. */
  readonly baseline: number
}

/** Value of a variant, and the variance of that value. */
export interface Arm extends Estimate {
  readonly units: number
}

/** Control and treatment. */
export type Arms = readonly [Arm, Arm]

/** Of two variants that share nothing. */
export function effectOfArms([control, treatment]: Arms, { difference_type }: EffectConfig): PeerEffect {
  const difference = treatment.value - control.value
  const shared = {
    degreesOfFreedom: degreesOfFreedom([control, treatment]),
    units: control.units + treatment.units,
    baseline: control.value,
  }
  if (difference_type === 'absolute')
    return {
      ...shared,
      estimate: difference,
      standardError: Math.hypot(Math.sqrt(control.variance), Math.sqrt(treatment.variance)),
    }
  return {
    ...shared,
    estimate: difference / control.value,
    standardError: relativeStandardError(control, treatment),
  }
}

/** Welch and Satterthwaite's, which gbstats takes for every kind of metric. */
export function degreesOfFreedom(arms: Arms): number {
  return satterthwaite(arms.map(({ variance, units }) => ({ variance, degreesOfFreedom: units - 1 })))
}
