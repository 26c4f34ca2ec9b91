import { stripVTControlCharacters } from 'node:util'
import { Helios } from '@helios/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FirstKey } from './first-key.ts'
import type { Serving } from './serve.ts'
import { serveSettings } from './settings.ts'
import { startMessage, startReport } from './start-message.ts'

let helios: Helios
beforeAll(async () => {
  helios = await Helios.open()
})
afterAll(() => helios.close())

const url = 'http://127.0.0.1:4300'
const loginUrl = `${url}/login#hll_token`
const SHOWN: FirstKey = { kind: 'shown', secret: 'hel_secret' }
const serving = (firstKey: FirstKey, rest: Partial<Serving> = {}): Serving =>
  ({ url, helios, firstKey, hasDashboard: true, loginUrl, ...rest }) as unknown as Serving
const settings = serveSettings({ path: '/data/helios.db' }, {})
const textOf = (...given: Parameters<typeof serving>) =>
  stripVTControlCharacters(startMessage(serving(...given), settings))
const lines = (text: string) => text.split('\n')

describe('at the first start', () => {
  it('opens with the link to the dashboard, and shows the key once', () => {
    const text = textOf(SHOWN)
    for (const part of [url, '/data/helios.db', 'hel_secret', 'once', `${url}/start`])
      expect(text).toContain(part)
    expect(lines(text).findIndex((line) => line.includes(loginUrl))).toBeLessThan(5)
    expect(text).not.toContain('curl')
    expect(lines(text).length).toBeLessThan(18)
  })

  it('shows the calls to begin with where the dashboard was not built', () => {
    const text = textOf(SHOWN, { hasDashboard: false })
    const parts = ['npm run build', 'export HELIOS_KEY=hel_secret', '/v1/decide', '/v1/events', '/analysis']
    for (const part of parts) expect(text).toContain(part)
    expect(text).not.toContain('hll_')
  })

  it('fits on a screen', () => {
    for (const hasDashboard of [true, false]) {
      const text = textOf(SHOWN, { hasDashboard })
      expect(lines(text).length).toBeLessThan(45)
      expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(120)
    }
  })
})

it('is short from then on', () => {
  const text = textOf({ kind: 'none' })
  expect(text).toContain(loginUrl)
  expect(text).not.toMatch(/admin key|curl/i)
  expect(lines(text).length).toBeLessThan(14)
})

it('keeps the link to itself where output is collected, and says how to get one', () => {
  const text = textOf(
    { kind: 'written', file: '/data/helios.db.admin-key' },
    { loginUrl: undefined as never },
  )
  expect(text).toContain('helios login')
  expect(text).not.toContain('#')
})

it('tells programs the same in one line', () => {
  const report = (firstKey: FirstKey, rest: Partial<Serving> = {}) =>
    JSON.parse(startReport(serving(firstKey, rest), settings))
  expect(report(SHOWN)).toMatchObject({ url, store: '/data/helios.db', adminKey: 'hel_secret', loginUrl })
  expect(report({ kind: 'none' })).not.toHaveProperty('adminKey')
  expect(report(SHOWN, { loginUrl: undefined as never })).not.toHaveProperty('loginUrl')
})
