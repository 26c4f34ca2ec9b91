import type { ApiKey } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from './revoke-words.ts'

const key = (id: string, scopes: ApiKey['scopes'], more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  name: `key ${id}`,
  scopes,
  createdAt: 0,
  ...more,
})

describe('what stops when a key is revoked', () => {
  it('follows from its scopes', () => {
    expect(consequencesOf(key('1', ['decide']), [], undefined)).toEqual([
      expect.stringContaining('fallbacks'),
    ])
    expect(consequencesOf(key('1', ['read', 'ingest']), [], undefined)).toHaveLength(2)
  })

  it('warns of the last key that may do everything, revoked ones not counted', () => {
    const last = key('1', ['admin'])
    const gone = key('2', ['admin'], { revokedAt: 1 })
    const reader = key('3', ['read'])
    const says = (keys: ApiKey[]) =>
      consequencesOf(last, keys, undefined).some((text) => text.includes('the last key'))
    expect(says([last, gone, reader])).toBe(true)
    expect(says([last, key('4', ['admin'])])).toBe(false)
  })

  it('warns who may be signed in with it', () => {
    const mine = key('1', ['decide'])
    expect(consequencesOf(mine, [mine], 'key 1')).toHaveLength(2)
    expect(consequencesOf(mine, [mine], 'owner')).toHaveLength(1)
  })
})
