import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { storageSuite } from '../testing/storage-suite.ts'
import { memoryStorage } from './memory.ts'
import { packId, unpackId } from './sqlite/packed-id.ts'
import { sqliteStorage } from './sqlite.ts'

storageSuite({ name: 'memory', create: async () => memoryStorage() })

let directory: string
const file = () => path.join(directory, 'store.db')

storageSuite({
  name: 'sqlite',
  create: async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'helios-storage-'))
    return sqliteStorage({ path: file() })
  },
  reopen: async () => sqliteStorage({ path: file() }),
  dispose: () => rm(directory, { recursive: true }),
})

describe('sqlite files', () => {
  it('are refused with a way out when open elsewhere, of another format, or no store at all', async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'helios-storage-'))
    const storage = sqliteStorage({ path: file() })
    expect(() => sqliteStorage({ path: file() })).toThrow(
      expect.objectContaining({ code: 'HEL_STORAGE_LOCKED' }),
    )
    await storage.close()

    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(file())
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => sqliteStorage({ path: file() })).toThrow(
      expect.objectContaining({ code: 'HEL_STORAGE_INCOMPATIBLE' }),
    )

    const { writeFile } = await import('node:fs/promises')
    await writeFile(path.join(directory, 'letter.txt'), 'Dear Sir or Madam, '.repeat(100))
    expect(() => sqliteStorage({ path: path.join(directory, 'letter.txt') })).toThrow(/is not a Helios store/)
    expect(() => sqliteStorage({ path: path.join(directory, 'missing', 'x.db') })).toThrow(
      expect.objectContaining({ code: 'HEL_STORAGE_FAILED' }),
    )
    await rm(directory, { recursive: true })
  })

  it('keep UUIDs in 16 bytes and give back every id as it was', () => {
    for (const id of [
      '01890a5d-ac96-774b-bcce-b302099a8057',
      '01890A5D-ac96-774b-bcce-b302099a8057',
      'x',
      '01890a5d-ac96-774b-bcce-b302099a805g',
      '01890a5dxac96-774b-bcce-b302099a8057',
    ]) {
      expect(unpackId(packId(id))).toBe(id)
    }
    expect(packId('01890a5d-ac96-774b-bcce-b302099a8057')).toHaveLength(16)
  })
})
