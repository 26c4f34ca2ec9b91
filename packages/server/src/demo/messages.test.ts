import { stripVTControlCharacters } from 'node:util'
import { Helios } from '@helios/engine'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Serving } from '../serving/serve.ts'
import { serveSettings } from '../serving/settings.ts'
import { demoMessage, demoReport } from './messages.ts'
import { Simulation } from './simulation.ts'

let helios: Helios
beforeAll(async () => {
  helios = await Helios.open()
})
afterAll(() => helios.close())

const settings = serveSettings({ path: '/data/helios-demo.db' }, {})
const serving = () =>
  ({
    url: 'http://127.0.0.1:4300',
    helios,
    firstKey: { kind: 'shown', secret: 'hel_secret' },
    hasDashboard: true,
    loginUrl: 'http://127.0.0.1:4300/login#hll_token',
  }) as unknown as Serving

it('the message says what runs, that it is simulated, where to look, and how to start clean', () => {
  const simulation = new Simulation({ seed: 1, speed: 3 })
  simulation.prepare(helios)
  const text = stripVTControlCharacters(demoMessage(serving(), settings, simulation.status()))
  for (const part of [
    '/login#hll_token',
    'All traffic is simulated',
    '6 experiments: 6 days of history in seconds, then 3 visitors arrive each second.',
    'npm start -- --empty',
    'Ctrl-C',
  ]) {
    expect(text).toContain(part)
  }
  expect(text.split('\n').length).toBeLessThan(25)
})

it('the message of a demo that goes on, or waits, says so', () => {
  const text = (speed: number) =>
    demoMessage(serving(), settings, new Simulation({ seed: 1, speed }).status())
  expect(text(0.5)).toContain('6 experiments: 0.5 visitors arrive each second.')
  expect(text(0)).toContain('the visitors wait (speed 0)')
})

it('programs read the same in the line of helios serve', () => {
  const line = demoReport(serving(), settings, new Simulation({ seed: 7, speed: 3 }).status())
  expect(line.trimEnd()).not.toContain('\n')
  expect(JSON.parse(line)).toMatchObject({
    url: 'http://127.0.0.1:4300',
    adminKey: 'hel_secret',
    demo: { simulated: true, seed: 7, speed: 3, history: { days: 6, share: 1 } },
  })
})
