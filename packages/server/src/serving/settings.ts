import { HeliosError } from '@helios/engine'
import { type Environment, readNumber, readOrigins } from '../environment.ts'

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What `helios serve` was told on the command line. */
export interface ServeFlags {
  readonly path?: string
  readonly port?: string
  readonly host?: string
  readonly logLevel?: string
  readonly corsOrigins?: string
  readonly json?: boolean
}

export interface ServeSettings {
  readonly path: string
  readonly port: number
  readonly host: string
  readonly logLevel: LogLevel
  readonly corsOrigins: readonly string[]
  readonly latenessDays?: number
  readonly groupCommitMilliseconds?: number
  readonly adminKey?: string
  readonly json: boolean
}

export const DEFAULTS = { path: 'helios.db', port: '4300', host: '127.0.0.1', logLevel: 'warn' } as const

/** Flags come before the environment, which comes before the defaults. Throws HEL_USAGE. */
export function serveSettings(flags: ServeFlags, environment: Environment): ServeSettings {
  const { latenessDays, groupCommitMilliseconds, adminKey } = environment
  const given = { ...DEFAULTS, ...environment, ...flags }
  return {
    path: given.path,
    port: readPort(given.port),
    host: given.host,
    logLevel: readLogLevel(given.logLevel),
    corsOrigins: given.corsOrigins === undefined ? [] : readOrigins(given.corsOrigins),
    json: flags.json ?? false,
    ...(latenessDays === undefined
      ? {}
      : { latenessDays: readNumber('HELIOS_LATENESS_DAYS', latenessDays, 0, 3650) }),
    ...(groupCommitMilliseconds === undefined
      ? {}
      : {
          groupCommitMilliseconds: readNumber(
            'HELIOS_GROUP_COMMIT_MILLISECONDS',
            groupCommitMilliseconds,
            0,
            1000,
          ),
        }),
    ...(adminKey === undefined ? {} : { adminKey }),
  }
}

function readPort(text: string): number {
  const port = readNumber('The port', text, 0, 65_535)
  if (!Number.isInteger(port)) throw new HeliosError('HEL_USAGE', { problem: `"${text}" is no port` })
  return port
}

function readLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((one) => one === text)
  if (level) return level
  throw new HeliosError('HEL_USAGE', {
    problem: `The log level must be one of ${LOG_LEVELS.join(', ')}, not "${text}"`,
  })
}
