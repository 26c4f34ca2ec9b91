import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExperimentDefinition, ExposureEvent } from '../wire.ts'
import { memoryStorage } from './storage.ts'
import { settle } from './testing/fake-platform.ts'
import { definitionOf, fakeServer } from './testing/fake-server.ts'
import { type Started, startClient } from './testing/start-client.ts'

const KEY = 'greeting-tone'
const variantOf = ({ client }: Started, unit: string, experiment = KEY) =>
  client.decide(experiment, { unit }).variant
const everyone = (variant: string) => [{ from: 0, to: 2 ** 32, variant }]

async function startWith(
  definitions: readonly ExperimentDefinition[],
  storage = memoryStorage(),
): Promise<Started> {
  const server = fakeServer()
  server.definitions = definitions
  return startClient({ server, storage, client: { pollMilliseconds: 1000 } })
}

async function change({ server, platform }: Started, ...definitions: ExperimentDefinition[]): Promise<void> {
  server.definitions = definitions
  await platform.advance(1500)
}

describe('a sticky experiment', () => {
  const before = definitionOf({ sticky: true, slots: everyone('calm') })
  const after = definitionOf({ sticky: true, slots: everyone('warm'), version: 3 })

  it('keeps the variant of a unit that was exposed, and sends it with the propensity it has now', async () => {
    const started = await startWith([before])
    started.client.use(KEY, { unit: 'u1' })
    started.client.decide(KEY, { unit: 'u2' })
    await change(started, after)
    expect(started.client.decide(KEY, { unit: 'u1' })).toMatchObject({
      variant: 'calm',
      reason: 'sticky',
      propensity: 0,
    })
    expect(started.client.decide(KEY, { unit: 'u2' })).toMatchObject({ variant: 'warm', reason: 'assigned' })
  })

  it('keeps it over a restart, in which the exposure is sent again', async () => {
    const storage = memoryStorage()
    const first = await startWith([before], storage)
    first.client.use(KEY, { unit: 'u1' })
    await first.client.close()
    const second = await startWith([after], storage)
    second.client.use(KEY, { unit: 'u1' })
    await second.client.flush()
    expect([...second.server.events.values()]).toMatchObject([{ variant: 'calm', propensity: 0, version: 3 }])
  })

  it('keeps it for both of two tabs that met different experiments', async () => {
    const storage = memoryStorage()
    const other = { ...before, key: 'other', salt: 'other/1' }
    const tabs = [
      await startWith([before, other], storage),
      await startWith([before, other], storage),
    ] as const
    tabs[0].client.use(KEY, { unit: 'u1' })
    tabs[1].client.use('other', { unit: 'u1' })
    tabs[0].client.use('other', { unit: 'u2' })
    const next = await startWith([after, { ...after, key: 'other' }], storage)
    expect([variantOf(next, 'u1'), variantOf(next, 'u1', 'other')]).toEqual(['calm', 'calm'])
  })

  it('gives a new variant when the old one is gone', async () => {
    const started = await startWith([before])
    started.client.use(KEY, { unit: 'u1' })
    await change(started, { ...after, variants: after.variants.slice(1), control: 'warm' })
    expect(variantOf(started, 'u1')).toBe('warm')
  })

  it('remembers the variant called 0', async () => {
    const variants = [
      { key: '0', payload: 0 },
      { key: '1', payload: 1 },
    ]
    const started = await startWith([
      definitionOf({ sticky: true, variants, control: '1', slots: everyone('0') }),
    ])
    started.client.use(KEY, { unit: 'u1' })
    await change(
      started,
      definitionOf({ sticky: true, variants, control: '1', slots: everyone('1'), version: 3 }),
    )
    expect(variantOf(started, 'u1')).toBe('0')
  })

  it('remembers 10,000 units, the latest', async () => {
    const storage = memoryStorage()
    const started = await startWith([before], storage)
    for (let i = 0; i < 10_100; i++) started.client.use(KEY, { unit: `u${i}` })
    await change(started, after)
    expect([variantOf(started, 'u0'), variantOf(started, 'u10099')]).toEqual(['warm', 'calm'])
    expect([...storage.keys()].filter((key) => key.includes(':unit:'))).toHaveLength(10_000)
    const next = await startWith([after], storage)
    expect([variantOf(next, 'u99'), variantOf(next, 'u100')]).toEqual(['warm', 'calm'])
  })
})

describe('an experiment that is not sticky', () => {
  it('decides again when its slots change', async () => {
    const started = await startWith([definitionOf({ slots: everyone('calm') })])
    started.client.use(KEY, { unit: 'u1' })
    await change(started, definitionOf({ slots: everyone('warm'), version: 3 }))
    expect(started.client.decide(KEY, { unit: 'u1' })).toMatchObject({ variant: 'warm', reason: 'assigned' })
  })
})

describe('identify', () => {
  it('sends who became whom, after what the former name did', async () => {
    const started = await startWith([definitionOf()])
    started.client.use(KEY, { unit: 'visitor' })
    started.client.identify({ previous: 'visitor', unit: 'u42' })
    await started.client.flush()
    const [exposure, identity] = [...started.server.events.values()]
    expect(exposure).toMatchObject({ type: 'exposure', unit: 'visitor' })
    expect(identity).toEqual({
      type: 'identity',
      id: expect.any(String),
      previous: 'visitor',
      unit: 'u42',
      at: expect.any(Number),
    })
  })

  it('keeps the variant of everyone who signs in, sticky or not, over restarts, and exposes it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        async (a, b, sticky) => {
          const [previous, unit] = [`visitor ${a}`, `known ${b}`]
          const storage = memoryStorage()
          const started = await startWith([definitionOf({ sticky })], storage)
          const { variant } = started.client.use(KEY, { unit: previous })
          started.client.identify({ previous, unit })
          expect(variantOf(started, unit)).toBe(variant)
          await started.client.close()
          const next = await startWith([definitionOf({ sticky })], storage)
          next.client.use(KEY, { unit })
          await next.client.flush()
          expect(([...next.server.events.values()] as ExposureEvent[])[0]).toMatchObject({ unit, variant })
          expect(next.client.decide(KEY, { unit }).reason).toBe('sticky')
        },
      ),
      { seed: 5, numRuns: 60 },
    )
  })

  it('changes nothing in experiments that the former name did not meet', async () => {
    const started = await startWith([definitionOf()])
    const units = Array.from({ length: 40 }, (_, i) => `u${i}`)
    const own = units.map((unit) => variantOf(started, unit))
    for (const unit of units) {
      started.client.decide(KEY, { unit: `visitor of ${unit}` })
      started.client.identify({ previous: `visitor of ${unit}`, unit })
    }
    expect(units.map((unit) => variantOf(started, unit))).toEqual(own)
  })

  it('lets a unit keep what it met under its own name before', async () => {
    const started = await startWith([definitionOf({ sticky: true, slots: everyone('calm') })])
    started.client.use(KEY, { unit: 'u42' })
    await change(started, definitionOf({ sticky: true, slots: everyone('warm'), version: 3 }))
    started.client.use(KEY, { unit: 'visitor' })
    started.client.identify({ previous: 'visitor', unit: 'u42' })
    expect(variantOf(started, 'u42')).toBe('calm')
  })

  it('goes on over several names', async () => {
    const started = await startWith([definitionOf({ slots: everyone('calm') })])
    started.client.use(KEY, { unit: 'a' })
    started.client.identify({ previous: 'a', unit: 'b' })
    started.client.identify({ previous: 'b', unit: 'c' })
    await change(started, definitionOf({ slots: everyone('warm'), version: 3 }))
    expect(variantOf(started, 'c')).toBe('calm')
  })

  it('takes what was stored for what it is, damaged or not', async () => {
    const storage = memoryStorage()
    const damaged = [
      '{"]',
      '[null]',
      '7',
      '[["greeting-tone",null]]',
      '[["greeting-tone",7]]',
      '[["greeting-tone",{"sticky":{}}]]',
    ]
    for (const [i, text] of damaged.entries())
      storage.set(`helios:http://helios.test:unit:visitor-${i}`, text)
    const started = await startWith([definitionOf({ sticky: true })], storage)
    for (const i of damaged.keys()) {
      expect(started.client.use(KEY, { unit: `visitor-${i}` }).reason).toBe('assigned')
      started.client.identify({ previous: `visitor-${i}`, unit: `u${i}` })
      expect(started.client.decide(KEY, { unit: `u${i}` }).variant).toBeDefined()
    }
    expect(started.codes()).toEqual([])
  })

  it('does not hold against a holdout', async () => {
    const started = await startWith([definitionOf()])
    started.client.use(KEY, { unit: 'visitor' })
    started.client.identify({ previous: 'visitor', unit: 'u42' })
    await change(started, definitionOf({ holdout: { key: 'all', bound: 2 ** 32 }, version: 3 }))
    expect(started.client.decide(KEY, { unit: 'u42' }).reason).toBe('held-out')
  })

  it.each([
    ['the same name twice', { previous: 'a', unit: 'a' }],
    ['an empty name', { previous: '', unit: 'a' }],
    ['no name', { unit: 'a' }],
    ['nothing', undefined],
  ])('ignores %s', async (_, identity) => {
    const { client, codes } = await startClient()
    client.identify(identity as never)
    expect(codes()).toEqual(['call-invalid'])
    expect(client.status().queued).toBe(0)
  })
})

describe('anonymousUnit', () => {
  it('is the same for this browser until it is renewed, and another elsewhere', async () => {
    const storage = memoryStorage()
    const { client } = await startClient({ storage })
    const unit = client.anonymousUnit()
    const { client: next } = await startClient({ storage })
    const { client: elsewhere } = await startClient()
    expect(next.anonymousUnit()).toBe(unit)
    expect(elsewhere.anonymousUnit()).not.toBe(unit)
    const renewed = next.anonymousUnit({ renew: true })
    expect(renewed).not.toBe(unit)
    expect(client.anonymousUnit()).toBe(renewed)
    await settle()
  })
})
