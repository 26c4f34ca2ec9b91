import {
  OpenFeature as OpenFeatureServer,
  ProviderEvents,
  type Provider as ServerProvider,
} from '@openfeature/server-sdk'
import { OpenFeature as OpenFeatureWeb, type Provider as WebProvider } from '@openfeature/web-sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { definitionOf, fakeServer } from '../client/testing/fake-server.ts'
import { type Started, startClient } from '../client/testing/start-client.ts'
import type { ExperimentDefinition, Json } from '../wire.ts'
import { HeliosProvider, HeliosWebProvider } from './index.ts'

const everyone = (
  key: string,
  payload: Json,
  changes: Partial<ExperimentDefinition> = {},
): ExperimentDefinition =>
  definitionOf({
    key,
    variants: [{ key: 'only', payload }],
    control: 'only',
    slots: [{ from: 0, to: 2 ** 32, variant: 'only' }],
    ...changes,
  })

const DEFINITIONS = [
  definitionOf(),
  everyone('dark-mode', true),
  everyone('headline', 'Good to see you!'),
  everyone('discount', 0.1, { policyVersion: 4 }),
  everyone('layout', { columns: 2, title: 'Hi', nested: { deep: true }, flag: false, none: null }),
  everyone('dotted.key', 'whole'),
  everyone('paused', 'control', { status: 'paused' }),
  everyone('germans', 'x', { audience: { attribute: 'country', operator: 'equals', value: 'DE' } }),
  everyone('since', 'x', { audience: { attribute: 'since', operator: 'startsWith', value: '2026-01' } }),
]

async function start(definitions: readonly unknown[] = DEFINITIONS): Promise<Started> {
  const server = fakeServer()
  server.definitions = definitions
  return startClient({ server, client: { pollMilliseconds: 1000 } })
}

async function serve(started: Started) {
  await OpenFeatureServer.setProviderAndWait(new HeliosProvider(started.client))
  return OpenFeatureServer.getClient()
}

afterEach(async () => {
  await OpenFeatureServer.clearProviders()
  await OpenFeatureWeb.clearProviders()
})

describe('in the server sdk', () => {
  const context = { targetingKey: 'u42' }

  it('a flag of each type has the payload as its value', async () => {
    const client = await serve(await start())
    expect(await client.getBooleanValue('dark-mode', false, context)).toBe(true)
    expect(await client.getStringValue('headline', 'Hello', context)).toBe('Good to see you!')
    expect(await client.getNumberValue('discount', 0, context)).toBe(0.1)
    expect(await client.getObjectValue('layout', {}, context)).toEqual(DEFINITIONS[4]?.variants[0]?.payload)
  })

  it('a field of the payload is a flag of its own, and dots in keys are no fields', async () => {
    const client = await serve(await start())
    expect(await client.getNumberValue('layout.columns', 0, context)).toBe(2)
    expect(await client.getStringValue('layout.title', '', context)).toBe('Hi')
    expect(await client.getBooleanValue('layout.flag', true, context)).toBe(false)
    expect(await client.getObjectValue('layout.nested', {}, context)).toEqual({ deep: true })
    expect(await client.getStringValue('dotted.key', '', context)).toBe('whole')
    for (const flag of ['layout.none', 'layout.gone', 'layout.toString', 'layout.__proto__']) {
      const details = await client.getObjectDetails(flag, { mine: 1 }, context)
      expect(details).toMatchObject({ value: { mine: 1 }, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' })
    }
  })

  it('the details tell how the value came about', async () => {
    const started = await start()
    const client = await serve(started)
    const { variant } = started.client.decide('greeting-tone', { unit: 'u42' })
    expect(await client.getObjectDetails('greeting-tone', {}, context)).toMatchObject({
      variant,
      reason: 'SPLIT',
      flagMetadata: { version: 2, propensity: 0.5, reason: 'assigned' },
    })
    expect((await client.getNumberDetails('discount', 0, context)).flagMetadata).toMatchObject({
      policyVersion: 4,
      reason: 'policy',
    })
    expect((await client.getStringDetails('paused', '', context)).reason).toBe('DISABLED')
    expect((await client.getStringDetails('germans', '', context)).reason).toBe('DEFAULT')
    expect((await client.getStringDetails('germans', '', { ...context, country: 'DE' })).reason).toBe('SPLIT')
    started.client.override('headline', 'only')
    expect((await client.getStringDetails('headline', '', context)).reason).toBe('TARGETING_MATCH')
  })

  it('the context becomes attributes: dates as texts, nested things not at all', async () => {
    const client = await serve(await start())
    const since = new Date('2026-01-15T00:00:00Z')
    expect((await client.getStringDetails('since', '', { ...context, since })).reason).toBe('SPLIT')
    const odd = { ...context, since: { a: 1 }, other: [1, 2], bad: new Date(Number.NaN) }
    expect((await client.getStringDetails('since', '', odd)).reason).toBe('DEFAULT')
  })

  it.each([
    ['an experiment that is not there', 'gone', { targetingKey: 'u' }, 'FLAG_NOT_FOUND'],
    ['a payload of another type', 'headline', { targetingKey: 'u' }, 'TYPE_MISMATCH'],
    ['no targeting key', 'dark-mode', {}, 'TARGETING_KEY_MISSING'],
    ['an empty targeting key', 'dark-mode', { targetingKey: '' }, 'TARGETING_KEY_MISSING'],
    ['a targeting key that is too long', 'dark-mode', { targetingKey: 'x'.repeat(300) }, 'INVALID_CONTEXT'],
  ])('%s gives the default and an error code', async (_, flag, wrong, errorCode) => {
    const client = await serve(await start())
    expect(await client.getBooleanDetails(flag, false, wrong)).toMatchObject({
      value: false,
      reason: 'ERROR',
      errorCode,
    })
  })

  it('an evaluation is the exposure, once; a value of the wrong type is none', async () => {
    const started = await start()
    const client = await serve(started)
    await client.getNumberValue('headline', 0, context)
    expect(started.client.status().queued).toBe(0)
    await client.getStringValue('headline', '', context)
    await client.getStringValue('headline', '', context)
    await started.client.flush()
    expect([...started.server.events.values()]).toMatchObject([
      { type: 'exposure', experiment: 'headline', unit: 'u42' },
    ])
  })

  it('what is tracked is an outcome', async () => {
    const started = await start()
    const client = await serve(started)
    client.track('revenue', context, { value: 9.5, currency: 'EUR' })
    client.track('clicks', context)
    await started.client.flush()
    expect([...started.server.events.values()]).toMatchObject([
      { metric: 'revenue', value: 9.5, unit: 'u42' },
      { metric: 'clicks', value: 1, unit: 'u42' },
    ])
  })

  it('without definitions it is not ready, and becomes ready when they come', async () => {
    const server = fakeServer()
    server.definitions = DEFINITIONS
    server.fates['/v1/definitions'] = 'unreachable'
    const started = await startClient({ server })
    const setting = OpenFeatureServer.setProviderAndWait(
      new HeliosProvider(started.client, { timeoutMilliseconds: 100 }),
    )
    const refused = expect(setting).rejects.toThrow('no definitions in time')
    await started.platform.advance(100)
    await refused
    const client = OpenFeatureServer.getClient()
    expect(client.providerStatus).toBe('ERROR')
    expect(await client.getBooleanDetails('dark-mode', false, context)).toMatchObject({
      value: false,
      errorCode: 'PROVIDER_NOT_READY',
    })
    server.fates = {}
    await started.platform.advance(60_000)
    expect(client.providerStatus).toBe('READY')
    expect(await client.getBooleanValue('dark-mode', false, context)).toBe(true)
  })

  it('tells of changes, of a server that is away, and of a key that is refused', async () => {
    const started = await start()
    const client = await serve(started)
    const events: string[] = []
    for (const event of [ProviderEvents.ConfigurationChanged, ProviderEvents.Stale, ProviderEvents.Error]) {
      client.addHandler(event, () => void events.push(event))
    }
    started.server.definitions = DEFINITIONS.slice(1)
    await started.platform.advance(2000)
    started.server.fates['/v1/definitions'] = 'unreachable'
    await started.platform.advance(2000)
    expect([events, client.providerStatus]).toEqual([
      ['PROVIDER_CONFIGURATION_CHANGED', 'PROVIDER_STALE'],
      'STALE',
    ])
    expect(await client.getBooleanValue('dark-mode', false, context)).toBe(true)
    started.server.fates = {}
    await started.platform.advance(60_000)
    expect(client.providerStatus).toBe('READY')
    started.server.fates['/v1/definitions'] = { status: 401 }
    await started.platform.advance(2000)
    expect(client.providerStatus).toBe('ERROR')
  })

  it('closes its client, and sends what waits', async () => {
    const started = await start()
    const client = await serve(started)
    await client.getBooleanValue('dark-mode', false, context)
    await OpenFeatureServer.clearProviders()
    expect(started.server.events.size).toBe(1)
    expect(started.platform.timers()).toBe(0)
  })

  it('is a provider to the compiler, as the web provider is', async () => {
    const { client } = await start()
    const server: ServerProvider = new HeliosProvider(client)
    const web: WebProvider = new HeliosWebProvider(client)
    expect([server.runsOn, web.runsOn, server.metadata.name]).toEqual(['server', 'client', 'helios'])
  })
})

describe('in the web sdk', () => {
  it('evaluates without waiting, by the context that is set', async () => {
    const started = await start()
    await OpenFeatureWeb.setContext({ targetingKey: 'visitor', country: 'DE' })
    await OpenFeatureWeb.setProviderAndWait(new HeliosWebProvider(started.client))
    const client = OpenFeatureWeb.getClient()
    expect(client.getStringValue('headline', 'Hello')).toBe('Good to see you!')
    expect(client.getBooleanValue('dark-mode', false)).toBe(true)
    expect(client.getNumberValue('layout.columns', 0)).toBe(2)
    expect(client.getObjectValue('layout.nested', {})).toEqual({ deep: true })
    expect(client.getStringDetails('germans', '').reason).toBe('SPLIT')
    expect(client.getStringDetails('gone', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'FLAG_NOT_FOUND',
    })
    await OpenFeatureWeb.setContext({ targetingKey: 'visitor', country: 'FR' })
    expect(client.getStringDetails('germans', '').reason).toBe('DEFAULT')
    client.track('clicks')
    await started.client.flush()
    const sent = [...started.server.events.values()]
    expect(sent.every(({ unit }) => unit === 'visitor')).toBe(true)
    expect(sent.map(({ type }) => type ?? 'outcome')).toEqual([...Array(4).fill('exposure'), 'outcome'])
  })
})
