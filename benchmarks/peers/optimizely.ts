import { COUNTRY, type Contender, EXPERIMENT, type User, VARIANTS } from './contender.ts'

/** The slice of @optimizely/optimizely-sdk 6.6.1 that is measured. */
interface Library {
  createInstance(options: { readonly projectConfigManager: unknown }): Client
  createStaticProjectConfigManager(options: { readonly datafile: string }): unknown
  readonly OptimizelyDecideOption: { readonly DISABLE_DECISION_EVENT: string }
}

interface Client {
  onReady(): Promise<unknown>
  createUserContext(id: string, attributes: User['attributes']): UserContext
  close(): Promise<unknown>
}

interface UserContext {
  decide(flag: string, options: readonly string[]): { readonly variationKey: string | null }
}

const DATAFILE = {
  version: '4',
  revision: '1',
  projectId: '1',
  accountId: '1',
  anonymizeIP: true,
  botFiltering: false,
  attributes: [{ id: '10', key: 'country' }],
  audiences: [],
  typedAudiences: [
    {
      id: '20',
      name: 'country',
      conditions: ['or', { type: 'custom_attribute', name: 'country', match: 'exact', value: COUNTRY }],
    },
  ],
  groups: [],
  rollouts: [],
  variables: [],
  events: [],
  featureFlags: [{ id: '30', key: EXPERIMENT, rolloutId: '', experimentIds: ['40'], variables: [] }],
  experiments: [
    {
      id: '40',
      key: EXPERIMENT,
      layerId: '50',
      status: 'Running',
      audienceIds: ['20'],
      audienceConditions: ['or', '20'],
      forcedVariations: {},
      variations: VARIANTS.map((key, n) => ({ id: `6${n}`, key, featureEnabled: true, variables: [] })),
      trafficAllocation: [
        { entityId: '60', endOfRange: 5000 },
        { entityId: '61', endOfRange: 10_000 },
      ],
    },
  ],
}

/**
 * A static datafile, without event processor and without decision events: it has nothing to fetch and
 * nothing to send. A context is made per decision, as a server does per request.
 */
export async function optimizely(): Promise<Contender> {
  const name: string = '@optimizely/optimizely-sdk'
  const library = (await import(name)) as Library
  const datafile = JSON.stringify(DATAFILE)
  const client = library.createInstance({
    projectConfigManager: library.createStaticProjectConfigManager({ datafile }),
  })
  await client.onReady()
  const options = [library.OptimizelyDecideOption.DISABLE_DECISION_EVENT]
  return {
    name,
    decide: ({ id, attributes }) =>
      client.createUserContext(id, attributes).decide(EXPERIMENT, options).variationKey,
    close: () => client.close(),
  }
}
