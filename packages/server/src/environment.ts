import { HeliosError } from '@helios/engine'

/** Everything that the environment may set; a flag of the command line comes before it. */
export interface Environment {
  readonly path?: string
  readonly host?: string
  readonly port?: string
  readonly logLevel?: string
  readonly corsOrigins?: string
  readonly latenessDays?: string
  readonly groupCommitMilliseconds?: string
  /** First admin key of a new store, for installations that hand out secrets themselves. */
  readonly adminKey?: string
  /** Server and key that the command line talks to. */
  readonly url?: string
  readonly key?: string
}

const NAMES: Readonly<Record<keyof Environment, string>> = {
  path: 'HELIOS_PATH',
  host: 'HELIOS_HOST',
  port: 'HELIOS_PORT',
  logLevel: 'HELIOS_LOG_LEVEL',
  corsOrigins: 'HELIOS_CORS_ORIGINS',
  latenessDays: 'HELIOS_LATENESS_DAYS',
  groupCommitMilliseconds: 'HELIOS_GROUP_COMMIT_MILLISECONDS',
  adminKey: 'HELIOS_ADMIN_KEY',
  url: 'HELIOS_URL',
  key: 'HELIOS_KEY',
}

/** The only place that reads the environment. An empty variable counts as absent. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.entries(NAMES).map(([field, name]) => [field, variables[name]?.trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''))
}

/** A number from a flag or the environment. Throws HEL_USAGE naming the setting. */
export function readNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= minimum && value <= maximum) return value
  throw new HeliosError('HEL_USAGE', {
    problem: `${name} must be a number from ${minimum} to ${maximum}, not "${text}"`,
  })
}

/** Web origins separated by commas, as browsers send them. Throws HEL_USAGE. */
export function readOrigins(text: string): string[] {
  const origins = text.split(',').map((part) => part.trim())
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new HeliosError('HEL_USAGE', {
        problem: `"${origin}" is not a web origin; write it like https://app.example.com, without a path`,
      })
    }
  }
  return origins
}
