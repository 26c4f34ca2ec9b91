import { HeliosError } from '@helios/engine'
import { type Environment, readNumber } from '../environment.ts'
import { type ServeFlags, type ServeSettings, serveSettings } from '../serving/settings.ts'
import { FASTEST_SPEED, SLOWEST_SPEED } from './control.ts'

export const DEMO_PATH = 'helios-demo.db'
export const DEFAULT_SEED = '2'
export const DEFAULT_SPEED = '2'
const LARGEST_SEED = 2 ** 32 - 1

/** What `helios demo` was told on the command line. */
export interface DemoFlags extends ServeFlags {
  readonly speed?: string
  readonly seed?: string
  /** A server without anything in it and without traffic. */
  readonly empty?: boolean
}

export interface DemoSettings {
  readonly serve: ServeSettings
  /** Absent for a clean start. */
  readonly traffic?: { readonly speed: number; readonly seed: number }
}

/**
 * Flags, then the environment, then defaults. The demo never takes the store from the environment: that one
 * is real, and so is a limit on late events. Throws HEL_USAGE.
 */
export function demoSettings(flags: DemoFlags, environment: Environment): DemoSettings {
  const { speed = DEFAULT_SPEED, seed = DEFAULT_SEED, empty = false, ...serve } = flags
  const traffic = {
    speed: readNumber('The speed', speed, SLOWEST_SPEED, FASTEST_SPEED),
    seed: readNumber('The seed', seed, 0, LARGEST_SEED),
  }
  if (!Number.isInteger(traffic.seed)) {
    throw new HeliosError('HEL_USAGE', { problem: `The seed must be a whole number, not "${seed}"` })
  }
  if (empty) return { serve: serveSettings(serve, environment) }
  const { path: _path, latenessDays: _latenessDays, ...rest } = environment
  return { serve: serveSettings({ ...serve, path: serve.path ?? DEMO_PATH }, rest), traffic }
}
