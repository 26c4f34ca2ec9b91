import { BUILT_IN_METRICS } from './built-in-metrics.ts'
import { type Clock, DAY_MILLISECONDS, systemClock } from './clock.ts'
import { adjustedMeans, adjustedRatios, EFFECT_SOURCES, quantiles } from './effect-source.ts'
import { HeliosError } from './errors.ts'
import type { Estimator } from './estimator.ts'
import { confidenceSequence } from './estimators/confidence-sequence.ts'
import { fixedHorizon } from './estimators/fixed-horizon.ts'
import { groupSequential } from './estimators/group-sequential.ts'
import { mixtureSprt } from './estimators/mixture-sprt.ts'
import { ratio } from './estimators/ratio.ts'
import { twoProportion } from './estimators/two-proportion.ts'
import { welch } from './estimators/welch.ts'
import { Loop } from './loop.ts'
import { uniform } from './policies/uniform.ts'
import type { Policy } from './policy.ts'
import type { PosteriorModel } from './posterior.ts'
import { betaBinomial } from './posteriors/beta-binomial.ts'
import { normalModel } from './posteriors/normal.ts'
import { unpredictableSeed } from './random.ts'
import { sqliteStorage } from './storage/sqlite.ts'
import type { Storage } from './storage.ts'

/** The first that takes a metric's kind, its covariates and the way of looking is used. */
export const DEFAULT_ESTIMATORS: readonly Estimator[] = [
  ...EFFECT_SOURCES.map(confidenceSequence),
  ...EFFECT_SOURCES.map(mixtureSprt),
  ...EFFECT_SOURCES.map(groupSequential),
  fixedHorizon(adjustedMeans),
  fixedHorizon(adjustedRatios),
  fixedHorizon(quantiles),
  welch,
  twoProportion,
  ratio,
]
export const DEFAULT_POSTERIORS: readonly PosteriorModel[] = [betaBinomial, normalModel]
export const DEFAULT_POLICIES: readonly Policy[] = [uniform]
export { BUILT_IN_METRICS }

export interface HeliosOptions {
  /** SQLite file; ':memory:' (the default) forgets at the end of the process. */
  readonly path?: string
  /** Another place to keep things, instead of `path`. */
  readonly storage?: Storage
  readonly clock?: Clock
  /** Events that happened longer ago are refused; 7 by default. */
  readonly latenessDays?: number
  /** How long an event may wait for others to be flushed to disk with; 2 by default. */
  readonly groupCommitMilliseconds?: number
  /** A restart replays at most about this many events; 2,000,000 by default. */
  readonly eventsBetweenSnapshots?: number
}

/**
 * Helios in this process.
 *
 * @example
 * const helios = await Helios.open({ path: 'helios.db' })
 * await helios.experiments.create({ key: 'greeting', variants: [{ key: 'calm', control: true }, { key: 'warm' }] })
 * await helios.experiments.start('greeting')
 * const decision = helios.decide('greeting', { unit: 'u42' })
 */
export class Helios extends Loop {
  /** Opens or creates a store. Throws HEL_STORAGE_LOCKED, HEL_STORAGE_FAILED, HEL_STORAGE_INCOMPATIBLE, HEL_USAGE. */
  static async open(options: HeliosOptions = {}): Promise<Helios> {
    requireSensible(options)
    const storage = options.storage ?? sqliteStorage({ path: options.path ?? ':memory:' })
    const helios = new Helios({
      storage,
      clock: options.clock ?? systemClock,
      estimators: DEFAULT_ESTIMATORS,
      posteriors: DEFAULT_POSTERIORS,
      policies: DEFAULT_POLICIES,
      latenessMilliseconds: (options.latenessDays ?? 7) * DAY_MILLISECONDS,
      groupCommitMilliseconds: options.groupCommitMilliseconds ?? 2,
      eventsBetweenSnapshots: options.eventsBetweenSnapshots ?? 2_000_000,
      seed: unpredictableSeed(),
    })
    try {
      await helios.load()
    } catch (error) {
      await storage.close()
      throw error
    }
    return helios
  }
}

function requireSensible({
  latenessDays,
  groupCommitMilliseconds,
  eventsBetweenSnapshots,
}: HeliosOptions): void {
  const rules = [
    ['latenessDays', latenessDays, 0, 3650],
    ['groupCommitMilliseconds', groupCommitMilliseconds, 0, 1000],
    ['eventsBetweenSnapshots', eventsBetweenSnapshots, 1, Number.POSITIVE_INFINITY],
  ] as const
  for (const [name, value, minimum, maximum] of rules) {
    if (value === undefined || (value >= minimum && value <= maximum)) continue
    throw new HeliosError('HEL_USAGE', {
      problem: `${name} must lie between ${minimum} and ${maximum}, not ${value}`,
    })
  }
}
