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
const serving = (firstKey: FirstKey): Serving => ({ url, helios, firstKey }) as unknown as Serving
const settings = serveSettings({ path: '/data/helios.db' }, {})

describe('at the first start', () => {
  const text = () =>
    stripVTControlCharacters(startMessage(serving({ kind: 'shown', secret: 'hel_secret' }), settings))

  it('shows the address, the store, the key and the calls to begin with', () => {
    for (const part of [
      url,
      '/data/helios.db',
      'export HELIOS_KEY=hel_secret',
      '/v1/decide',
      '/v1/events',
      '/analysis',
    ]) {
      expect(text()).toContain(part)
    }
  })

  it('fits on a screen', () => {
    expect(text().split('\n').length).toBeLessThan(45)
    expect(
      Math.max(
        ...text()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(120)
  })
})

it('is short from then on', () => {
  const text = stripVTControlCharacters(startMessage(serving({ kind: 'none' }), settings))
  expect(text).not.toMatch(/key|curl/i)
  expect(text.split('\n').length).toBeLessThan(12)
})

it('tells programs the same in one line', () => {
  const report = (firstKey: FirstKey) => JSON.parse(startReport(serving(firstKey), settings))
  expect(report({ kind: 'shown', secret: 'hel_secret' })).toMatchObject({
    url,
    store: '/data/helios.db',
    adminKey: 'hel_secret',
  })
  expect(report({ kind: 'none' })).not.toHaveProperty('adminKey')
})
