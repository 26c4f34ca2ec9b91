import { Helios } from '@helios/engine'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Definitions } from '../definitions.ts'
import { createRunning, GREETING, type Harness } from '../testing/harness.ts'
import type { Listener, Subscription } from './listener.ts'
import { LiveStream } from './live-stream.ts'

const SUMMARIES: Subscription = { definitions: false, summaries: true }
let helios: Helios
let stream: LiveStream

beforeEach(async () => {
  helios = await Helios.open()
  await helios.experiments.create(GREETING)
  await helios.experiments.start(GREETING.key)
  stream = new LiveStream({ helios, definitions: new Definitions(helios), log: pino({ level: 'silent' }) })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  stream.end()
  vi.useRealTimers()
  await helios.close()
})

/** A listener in memory. */
function fakeListener(subscription = SUMMARIES, isWelcome = () => true) {
  const sent: string[] = []
  let leave = () => {}
  const end = vi.fn(() => leave())
  const onGone = (callback: () => void) => {
    leave = callback
  }
  const listener: Listener = { subscription, isWelcome, send: (text) => sent.push(text), end, onGone }
  return { listener, sent, end, leave: () => leave() }
}

async function join(subscription?: Subscription) {
  const fake = fakeListener(subscription)
  ;(await stream.prepare(fake.listener.subscription))(fake.listener)
  return fake
}

describe('looking for news', () => {
  it('happens once a second for all who listen, and only when something may have changed', async () => {
    const look = vi.spyOn(helios, 'summaries')
    const listeners = [await join(), await join(), await join()]
    expect(look).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1000)
    look.mockClear()
    await vi.advanceTimersByTimeAsync(5000)
    expect(look).not.toHaveBeenCalled()
    await helios.experiments.edit('greeting', { name: 'Renamed' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(look).toHaveBeenCalledTimes(1)
    for (const { sent } of listeners) expect(sent.at(-1)).toContain('Renamed')
  })

  it('happens now and then by itself, because some numbers change with time', async () => {
    await join()
    const look = vi.spyOn(helios, 'summaries')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(look.mock.calls.length).toBeGreaterThanOrEqual(2)
    expect(look.mock.calls.length).toBeLessThanOrEqual(4)
  })

  it('ends with the last listener, and begins again', async () => {
    const first = await join()
    first.leave()
    expect([stream.size, vi.getTimerCount()]).toEqual([0, 0])
    await helios.experiments.edit('greeting', { name: 'Renamed' })
    const second = await join()
    expect(second.sent.join('')).toContain('Renamed')
    expect(vi.getTimerCount()).toBe(3)
  })

  it('computes the analysis of a watched experiment once for all its watchers, and of no other', async () => {
    await helios.experiments.create({ ...GREETING, key: 'other' })
    const watch = { definitions: false, summaries: false, experiment: 'greeting' }
    const watchers = [await join(watch), await join(watch)]
    await vi.advanceTimersByTimeAsync(1000)
    const analyse = vi.spyOn(helios, 'analyse')
    await helios.experiments.edit('greeting', { name: 'Renamed' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(analyse.mock.calls).toEqual([['greeting', { evenIfMisleading: true }]])
    for (const { sent } of watchers) expect(sent.filter((text) => text.includes('results'))).toHaveLength(1)
  })

  it('sees changed definitions within 150 milliseconds', async () => {
    const { sent } = await join({ definitions: true, summaries: false })
    await helios.experiments.pause('greeting')
    await vi.advanceTimersByTimeAsync(150)
    expect(sent.filter((text) => text.includes('event: definitions'))).toHaveLength(2)
  })
})

it('asks every 15 seconds whether who listens is still welcome', async () => {
  let welcome = true
  const fake = fakeListener(SUMMARIES, () => welcome)
  ;(await stream.prepare(SUMMARIES))(fake.listener)
  await vi.advanceTimersByTimeAsync(15_000)
  expect([fake.sent.at(-1), fake.end.mock.calls.length]).toEqual([':\n\n', 0])
  welcome = false
  await vi.advanceTimersByTimeAsync(15_000)
  expect([stream.size, fake.end.mock.calls.length]).toEqual([0, 1])
})

describe('a thousand listeners', () => {
  it('are the most; the next one is refused until somebody leaves', async () => {
    const [first] = await Promise.all(Array.from({ length: 1000 }, () => join()))
    expect(() => stream.requireRoom()).toThrow(expect.objectContaining({ code: 'HEL_TOO_MANY_LISTENERS' }))
    first?.leave()
    expect(() => stream.requireRoom()).not.toThrow()
  })

  it('are refused over HTTP as a full house, not as a fault', async () => {
    const full = vi.spyOn(LiveStream.prototype, 'size', 'get').mockReturnValue(1000)
    const harness: Harness = await createRunning()
    const answer = await harness.call('GET', '/v1/stream?topics=summaries')
    expect(answer.json()).toMatchObject({ status: 503, code: 'HEL_TOO_MANY_LISTENERS' })
    expect(answer.headers['retry-after']).toBe('1')
    full.mockRestore()
    await harness.close()
  })
})
