import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { demoSettings } from './settings.ts'

const environment = readEnvironment({
  HELIOS_PATH: '/var/lib/helios/real.db',
  HELIOS_LATENESS_DAYS: '1',
  HELIOS_PORT: '5000',
})

describe('the settings of the demo', () => {
  it('have defaults', () => {
    expect(demoSettings({}, {})).toMatchObject({
      serve: { path: 'helios-demo.db', port: 4300, json: false },
      traffic: { speed: 2, seed: 2 },
    })
  })

  it('never take the real store from the environment', () => {
    const { serve } = demoSettings({}, environment)
    expect(serve).toMatchObject({ path: 'helios-demo.db', port: 5000 })
    expect(serve).not.toHaveProperty('latenessDays')
    expect(demoSettings({ path: 'mine.db' }, environment).serve.path).toBe('mine.db')
  })

  it('are those of serve with --empty', () => {
    expect(demoSettings({ empty: true }, {})).toMatchObject({ serve: { path: 'helios.db' } })
    const settings = demoSettings({ empty: true }, environment)
    expect(settings.serve).toMatchObject({ path: '/var/lib/helios/real.db', latenessDays: 1 })
    expect(settings).not.toHaveProperty('traffic')
  })

  it.each([
    { speed: '-1' },
    { speed: '100.1' },
    { speed: 'fast' },
    { speed: '' },
    { seed: '1.5' },
    { seed: '-1' },
    { seed: '4294967296' },
    { port: '80.5' },
  ])('refuse %j', (flags) => {
    expect(() => demoSettings(flags, {})).toThrow(expect.objectContaining({ code: 'HEL_USAGE' }))
  })
})
