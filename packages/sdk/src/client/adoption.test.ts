import { describe, expect, it } from 'vitest'
import { takeOver } from './adoption.ts'
import { type ClientStorage, memoryStorage } from './storage.ts'
import { fakePlatform, START } from './testing/fake-platform.ts'

const platform = fakePlatform({
  fetch: () => Promise.reject(new Error('offline')),
  query: '',
  locks: new Set(),
})

function journals(storage: ClientStorage) {
  return { storage, all: 'journal:', own: 'journal:me', alive: 'alive:' }
}

function storageWith(entries: Readonly<Record<string, string>>): ClientStorage {
  const storage = memoryStorage()
  for (const [key, value] of Object.entries(entries)) storage.set(key, value)
  return storage
}

describe('takeOver', () => {
  it('takes what others left, oldest first, under keys of our own', async () => {
    const storage = storageWith({
      'journal:b:2': '{}',
      'journal:a:9': '{}\n{}',
      'journal:me:1': '{}',
      'unit:u': '',
    })
    const chunks = await takeOver(journals(storage), platform)
    expect(chunks.map(({ key, entries }) => [key, entries.length])).toEqual([
      ['journal:me:9', 2],
      ['journal:me:2', 1],
    ])
    expect([...storage.keys()].sort()).toEqual(['journal:me:1', 'journal:me:2', 'journal:me:9', 'unit:u'])
  })

  it('takes nothing when nobody can tell who lives', async () => {
    const storage = storageWith({ 'journal:a:1': '{}' })
    const locks = { request: async () => {}, query: () => Promise.reject(new Error('busy')) }
    await expect(takeOver(journals(storage), { ...platform, locks })).rejects.toThrow('busy')
    expect([...storage.keys()]).toEqual(['journal:a:1'])
  })

  it('leaves alone, where there are no locks, who said a minute ago that it lives', async () => {
    const said = (milliseconds: number) => `${START - milliseconds}`
    const storage = storageWith({
      'journal:fresh:1': '{}',
      'alive:fresh': said(60_000),
      'journal:gone:1': '{}',
      'alive:gone': said(60_001),
      'journal:ahead:1': '{}',
      'alive:ahead': said(-60_001),
    })
    const chunks = await takeOver(journals(storage), { ...platform, locks: undefined })
    expect(chunks).toHaveLength(2)
    expect([...storage.keys()]).toEqual(expect.arrayContaining(['journal:fresh:1', 'alive:fresh']))
    expect([...storage.keys()]).not.toEqual(expect.arrayContaining(['alive:gone']))
  })

  it('writes before it removes, so that a crash in between loses nothing', async () => {
    const storage = storageWith({ 'journal:a:1': '{}' })
    const full = {
      ...storage,
      set: () => {
        throw new Error('crashed')
      },
    }
    await expect(takeOver(journals(full), platform)).rejects.toThrow('crashed')
    expect([...storage.keys()]).toEqual(['journal:a:1'])
  })
})
