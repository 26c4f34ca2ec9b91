import { normalCdf, normalSf } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { findRoot } from '../special/find-root.ts'

/** An experiment under way, by what its standard error says of how widely its units scatter. */
export interface RunningExperiment {
  /** So far, of both variants together; > 0. */
  readonly units: number
  /** Of the effect so far, on the scale of the effect sought; > 0. */
  readonly standardError: number
}

export interface PowerSought {
  /** Size of the effect to be found, > 0: the one of the design, not the one seen. */
  readonly effect: number
  /** In (0, 1), two-sided, of this comparison. */
  readonly alpha: number
  /** Above alpha, below 1. */
  readonly power: number
  /** |z| from which an always-valid test rejects with so many units; that of a single look at alpha unless given. */
  readonly criticalAt?: (units: number) => number
}

/**
 * Power of the whole experiment with a number of units, if its units scatter as those so far: re-estimation of the
 * sample, blind to the effect. It is not the chance that an experiment which looks the way it does now will succeed; for
 * that see `conditionalPower` and `predictivePower` in `sequential/group-sequential/conditional-power.ts`.
 *
 * @param totalUnits of both variants, those so far included; > 0
 * @returns both sides count; NaN outside the domain
 *
 * Source: Friede & Kieser 2006, doi:10.1002/bimj.200510238 (re-estimation that leaves the error of the first kind nearly
 * untouched).
 */
export function powerAtEnd(
  { units, standardError }: RunningExperiment,
  { effect, alpha, criticalAt }: Omit<PowerSought, 'power'>,
  totalUnits: number,
): number {
  const isPossible = units > 0 && standardError > 0 && effect > 0 && alpha > 0 && alpha < 1 && totalUnits > 0
  if (!isPossible) return Number.NaN
  const drift = (effect / standardError) * Math.sqrt(totalUnits / units)
  const critical = criticalAt?.(totalUnits) ?? -normalQuantile(alpha / 2)
  return normalSf(critical - drift) + normalCdf(-critical - drift)
}

/**
 * Units that an experiment under way still needs for a power; see {@link powerAtEnd}.
 *
 * @returns of both variants, as a real number; 0 where it has the power already; NaN outside the domain
 */
export function unitsStillNeeded(experiment: RunningExperiment, sought: PowerSought): number {
  const { units } = experiment
  if (!(sought.power > sought.alpha && sought.power < 1)) return Number.NaN
  const excess = (factor: number) => powerAtEnd(experiment, sought, units * (1 + factor)) - sought.power
  const now = excess(0)
  if (!(now < 0)) return Number.isNaN(now) ? now : 0
  let high = 1
  while (excess(high) < 0 && high < Number.MAX_SAFE_INTEGER) high *= 2
  return units * findRoot(excess, 0, high)
}
