import { COUNTRY, type Contender, EXPERIMENT, type User, VARIANTS } from './contender.ts'

/** The slice of @growthbook/growthbook 1.8.0 that is measured. */
interface Library {
  readonly GrowthBookClient: new () => Client
}

interface Client {
  initSync(options: { readonly payload: object }): void
  evalFeature(key: string, context: Context): { readonly value: unknown }
  runInlineExperiment(
    experiment: object,
    context: Context,
  ): { readonly inExperiment: boolean; readonly value: unknown }
  destroy(): void
}

interface Context {
  readonly attributes: User['attributes']
}

const RULE = {
  key: EXPERIMENT,
  hashAttribute: 'id',
  hashVersion: 2,
  seed: EXPERIMENT,
  condition: { country: COUNTRY },
  variations: VARIANTS,
  weights: [0.5, 0.5],
  coverage: 1,
}

/**
 * One `GrowthBookClient` for all users, which its documentation recommends for servers, with the payload
 * given at start and no client key: it has nowhere to ask. Nothing listens to exposures, which costs it least.
 */
export async function growthbook(): Promise<Contender> {
  const name: string = '@growthbook/growthbook'
  const { GrowthBookClient } = (await import(name)) as Library
  const client = new GrowthBookClient()
  client.initSync({ payload: { features: { [EXPERIMENT]: { defaultValue: null, rules: [RULE] } } } })
  return {
    name,
    decide: ({ attributes }) => client.evalFeature(EXPERIMENT, { attributes }).value,
    close: () => client.destroy(),
  }
}

/** The same experiment in the code instead of the payload. */
export async function growthbookInline(): Promise<Contender> {
  const name: string = '@growthbook/growthbook'
  const { GrowthBookClient } = (await import(name)) as Library
  const client = new GrowthBookClient()
  client.initSync({ payload: { features: {} } })
  return {
    name: `${name}, inline experiment`,
    decide: ({ attributes }) => {
      const result = client.runInlineExperiment(RULE, { attributes })
      return result.inExperiment ? result.value : undefined
    },
    close: () => client.destroy(),
  }
}
