import { manualClock, memoryStorage } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { hashSecret, idOfSecret, newSecret } from './api-key.ts'
import { KeyStore } from './key-store.ts'

const clock = manualClock(1_700_000_000_000)
const everything = async (registry: ReturnType<typeof memoryStorage>['registry']): Promise<string> =>
  JSON.stringify([await registry.list('api-keys'), await registry.audit()])

describe('secrets', () => {
  it('have the documented form and are never the same', () => {
    const secrets = Array.from({ length: 200 }, newSecret)
    for (const secret of secrets) expect(secret).toMatch(/^hel_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/)
    expect(new Set(secrets.map((secret) => secret.slice(13))).size).toBe(200)
  })

  it.each([
    '',
    'hel_',
    'hel_0123456g_',
    `hel_01234567_${'a'.repeat(42)}`,
    `hel_01234567_${'a'.repeat(44)}`,
    ` ${newSecret()}`,
  ])('refuses %j as a form', (text) => expect(idOfSecret(text)).toBeUndefined())
})

describe('KeyStore', () => {
  it('lets a key in, and nothing that differs from it', async () => {
    const keys = await KeyStore.open(memoryStorage().registry, clock)
    const { key, secret } = await keys.create({ name: 'shop', scopes: ['decide', 'decide'], by: 'Ada' })
    expect(keys.authenticate(secret)).toEqual({
      id: secret.slice(4, 12),
      name: 'shop',
      scopes: ['decide'],
      createdAt: clock.now(),
    })
    expect(key.id).toBe(idOfSecret(secret))
    const last = secret.endsWith('A') ? 'B' : 'A'
    expect(keys.authenticate(secret.slice(0, -1) + last)).toBeUndefined()
    expect(keys.authenticate(newSecret())).toBeUndefined()
    expect(keys.authenticate('')).toBeUndefined()
  })

  it('keeps a hash and never the secret', async () => {
    const { registry } = memoryStorage()
    const keys = await KeyStore.open(registry, clock)
    const { secret } = await keys.create({ name: 'shop', scopes: ['read'], by: 'Ada' })
    const kept = await everything(registry)
    expect(kept).not.toContain(secret.slice(13))
    expect(kept).toContain(hashSecret(secret).toString('hex'))
  })

  it('revokes for good: the document stays, other keys go on, and a second time changes nothing', async () => {
    const { registry } = memoryStorage()
    const keys = await KeyStore.open(registry, clock)
    const gone = await keys.create({ name: 'gone', scopes: ['admin'], by: 'Ada' })
    const stays = await keys.create({ name: 'stays', scopes: ['admin'], by: 'Ada' })
    const revoked = await keys.revoke(gone.key.id, 'Bob')
    expect(revoked.revokedAt).toBe(clock.now())
    expect(await keys.revoke(gone.key.id, 'Bob')).toEqual(revoked)
    const reopened = await KeyStore.open(registry, clock)
    for (const store of [keys, reopened]) {
      expect(store.authenticate(gone.secret)).toBeUndefined()
      expect(store.authenticate(stays.secret)?.name).toBe('stays')
      expect(
        store
          .list()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['gone', 'stays'])
      expect(store.isEmpty).toBe(false)
    }
    expect(await registry.versions('api-keys', gone.key.id)).toHaveLength(2)
    expect((await registry.audit(`api-keys/${gone.key.id}`)).map(({ by, action }) => [by, action])).toEqual([
      ['Ada', 'create'],
      ['Bob', 'edit'],
    ])
  })

  it('names an id that does not exist', async () => {
    const keys = await KeyStore.open(memoryStorage().registry, clock)
    await expect(keys.revoke('01234567', 'Ada')).rejects.toMatchObject({ code: 'HEL_KEY_NOT_FOUND' })
  })

  it('takes a secret made elsewhere only in the same form', async () => {
    const keys = await KeyStore.open(memoryStorage().registry, clock)
    const secret = newSecret()
    await keys.create({ name: 'given', scopes: ['admin'], by: 'Ada', secret })
    expect(keys.authenticate(secret)?.name).toBe('given')
    const weak = { name: 'weak', scopes: ['admin'], by: 'Ada', secret: 'hunter2' } as const
    await expect(keys.create(weak)).rejects.toMatchObject({ code: 'HEL_USAGE' })
  })
})
