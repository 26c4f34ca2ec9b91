import { COUNTRY, type Contender, EXPERIMENT, type User, VARIANTS } from './contender.ts'

/** The slice of unleash-client 6.12.1 that is measured. */
interface Library {
  readonly Unleash: new (options: object) => Client
  readonly InMemStorageProvider: new () => unknown
}

interface Client {
  readonly repository: { loadBootstrap(): Promise<void> }
  once(event: 'ready', listener: () => void): void
  getVariant(
    name: string,
    context: { readonly userId: string; readonly properties: User['attributes'] },
  ): { readonly name: string }
  destroy(): void
}

const LIBRARY: string = 'unleash-client'

const WEIGHTED = VARIANTS.map((name) => ({ name, weight: 500, weightType: 'variable', stickiness: 'userId' }))
const CONSTRAINTS = [{ contextName: 'country', operator: 'IN', values: [COUNTRY], inverted: false }]

/** Variants of the strategy, behind a gradual rollout to everyone: what an Unleash server makes today. */
const ROLLOUT = {
  name: EXPERIMENT,
  type: 'experiment',
  enabled: true,
  strategies: [
    {
      name: 'flexibleRollout',
      parameters: { rollout: '100', stickiness: 'userId', groupId: EXPERIMENT },
      constraints: CONSTRAINTS,
      variants: WEIGHTED,
    },
  ],
}

/** Variants of the toggle, deprecated, behind a strategy that hashes nothing: the least it can do. */
const DEPRECATED = {
  name: EXPERIMENT,
  type: 'experiment',
  enabled: true,
  strategies: [{ name: 'default', parameters: {}, constraints: CONSTRAINTS }],
  variants: WEIGHTED,
}

/**
 * Toggles from the bootstrap alone: the client is never started, so that it neither polls nor registers nor
 * reports, and the bootstrap is read by hand.
 */
async function contender(name: string, toggle: object): Promise<Contender> {
  const { Unleash, InMemStorageProvider } = (await import(LIBRARY)) as Library
  const client = new Unleash({
    appName: 'benchmark',
    url: 'http://unleash.invalid/api/',
    disableAutoStart: true,
    disableMetrics: true,
    refreshInterval: 0,
    storageProvider: new InMemStorageProvider(),
    bootstrap: { data: [toggle] },
  })
  const ready = new Promise<void>((resolve) => client.once('ready', resolve))
  await client.repository.loadBootstrap()
  await ready
  return {
    name,
    decide: ({ id, attributes }) =>
      client.getVariant(EXPERIMENT, { userId: id, properties: attributes }).name,
    close: () => client.destroy(),
  }
}

export const unleash = (): Promise<Contender> => contender(LIBRARY, ROLLOUT)

export const unleashDeprecated = (): Promise<Contender> =>
  contender(`${LIBRARY}, toggle variants`, DEPRECATED)
