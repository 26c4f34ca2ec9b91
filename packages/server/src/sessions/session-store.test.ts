import { manualClock, memoryStorage } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { KeyStore } from '../keys/key-store.ts'
import { SESSION_DAYS, SessionStore } from './session-store.ts'
import { hashToken } from './token.ts'

const START = 1_700_000_000_000
const DAY = 86_400_000

async function fresh() {
  const { registry } = memoryStorage()
  const clock = manualClock(START)
  const keys = await KeyStore.open(registry, clock)
  const reopen = () => SessionStore.open(registry, keys, clock)
  return { registry, clock, keys, reopen, sessions: await reopen() }
}
const OWNER = { name: 'owner', scopes: ['admin'], why: 'signed in by a login link' } as const

describe('a session', () => {
  it('is found by its token and by no other', async () => {
    const { sessions } = await fresh()
    const { session, token } = await sessions.create(OWNER)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(session).toMatchObject({ name: 'owner', scopes: ['admin'], expiresAt: START + SESSION_DAYS * DAY })
    expect(sessions.find(token)).toEqual(session)
    for (const guess of ['', token.slice(1), `${token}A`, hashToken(token), session.id, '__proto__']) {
      expect(sessions.find(guess)).toBeUndefined()
    }
  })

  it('survives a restart, and its token is kept nowhere', async () => {
    const { sessions, registry, reopen } = await fresh()
    const { token, session } = await sessions.create(OWNER)
    expect((await reopen()).find(token)).toEqual(session)
    const kept = JSON.stringify([await registry.list('sessions'), await registry.audit()])
    expect(kept).toContain(hashToken(token))
    expect(kept).not.toContain(token)
  })

  it('ends for good, and only that one', async () => {
    const { sessions, registry, reopen } = await fresh()
    const [gone, stays] = [await sessions.create(OWNER), await sessions.create(OWNER)]
    const ended = sessions.end(gone.session)
    expect(sessions.find(gone.token)).toBeUndefined()
    await ended
    await sessions.end(gone.session)
    for (const store of [sessions, await reopen()]) {
      expect(store.find(gone.token)).toBeUndefined()
      expect(store.find(stays.token)).toBeDefined()
    }
    const lines = await registry.audit(`sessions/${gone.session.id}`)
    expect(lines.map(({ by, action, why }) => [by, action, why])).toEqual([
      ['owner', 'create', 'signed in by a login link'],
      ['owner', 'edit', 'signed out'],
    ])
  })

  it('ends after its days, also for those who restart', async () => {
    const { sessions, clock, reopen } = await fresh()
    const { token } = await sessions.create(OWNER)
    clock.advance(SESSION_DAYS * DAY - 1)
    expect(sessions.find(token)).toBeDefined()
    expect((await reopen()).find(token)).toBeDefined()
    clock.advance(1)
    expect(sessions.find(token)).toBeUndefined()
    expect((await reopen()).find(token)).toBeUndefined()
  })

  it('ends with the key that it goes back to', async () => {
    const { sessions, keys, reopen } = await fresh()
    const { key } = await keys.create({ name: 'laptop', scopes: ['read'], by: 'Ada' })
    const mine = await sessions.create({ name: 'laptop', scopes: ['read'], keyId: key.id, why: 'key' })
    const other = await sessions.create(OWNER)
    await keys.revoke(key.id, 'Ada')
    for (const store of [sessions, await reopen()]) {
      expect(store.find(mine.token)).toBeUndefined()
      expect(store.find(other.token)).toBeDefined()
    }
  })
})
