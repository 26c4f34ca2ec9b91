import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { serveSettings } from './settings.ts'

const HELIOS = {
  HELIOS_PATH: 'env.db',
  HELIOS_PORT: '5000',
  HELIOS_HOST: '0.0.0.0',
  HELIOS_LOG_LEVEL: 'info',
  HELIOS_CORS_ORIGINS: 'https://a.example, http://localhost:3000',
  HELIOS_LATENESS_DAYS: '30',
  HELIOS_GROUP_COMMIT_MILLISECONDS: '5',
  HELIOS_ADMIN_KEY: 'hel_…',
}

describe('settings', () => {
  it('have defaults', () => {
    expect(serveSettings({}, {})).toEqual({
      path: 'helios.db',
      port: 4300,
      host: '127.0.0.1',
      logLevel: 'warn',
      corsOrigins: [],
      json: false,
    })
  })

  it('come from the environment', () => {
    expect(serveSettings({}, readEnvironment(HELIOS))).toEqual({
      path: 'env.db',
      port: 5000,
      host: '0.0.0.0',
      logLevel: 'info',
      corsOrigins: ['https://a.example', 'http://localhost:3000'],
      latenessDays: 30,
      groupCommitMilliseconds: 5,
      adminKey: 'hel_…',
      json: false,
    })
  })

  it('prefer flags, and take an empty variable for an absent one', () => {
    const environment = readEnvironment({ ...HELIOS, HELIOS_HOST: ' ' })
    expect(serveSettings({ port: '0', path: 'flag.db' }, environment)).toMatchObject({
      port: 0,
      path: 'flag.db',
      host: '127.0.0.1',
    })
  })

  it.each([
    [{ port: '80.5' }, {}],
    [{ port: '65536' }, {}],
    [{ port: '-1' }, {}],
    [{ port: 'http' }, {}],
    [{ logLevel: 'loud' }, {}],
    [{ corsOrigins: 'https://a.example/path' }, {}],
    [{ corsOrigins: '*' }, {}],
    [{}, { latenessDays: 'week' }],
    [{}, { groupCommitMilliseconds: '1e9' }],
  ])('refuse %j %j', (flags, environment) => {
    expect(() => serveSettings(flags, environment)).toThrow(expect.objectContaining({ code: 'HEL_USAGE' }))
  })
})
