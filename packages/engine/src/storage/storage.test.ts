import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { EventBatch } from '../event-batch.ts'
import { storageSuite } from '../testing/storage-suite.ts'
import { memoryStorage } from './memory.ts'
import { decodeBatch } from './sqlite/batch-codec.ts'
import { packId, unpackId } from './sqlite/packed-id.ts'
import { sqliteStorage } from './sqlite.ts'

storageSuite({ name: 'memory', create: async () => memoryStorage() })

/** Two exposures and an outcome, as the first release that kept commits as bytes wrote them. */
const LAYOUT_1 =
  'AQAAAAMAAAACAAAAGgAAAACw/8SFMXpCAAAAxYUxekIAAADFhTF6QgAAAAAAANA/mpmZmZmZub8AAAAAAADwPwAAAAABAAAAAQAAAAAAAAAB' +
  'AAAAAAAAAAMAAAABAAAABwAAAP////8BiQpdrJZ3S7zOswIJmoBXAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAEAW1sx' +
  'LCJub3QgYSB1dWlkIl0sWzIsIngiXV0='

const layoutOne = () => Uint8Array.from(Buffer.from(LAYOUT_1, 'base64'))

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

  it('keep UUIDs in 16 bytes and any other text as it is', () => {
    const bytes = new Uint8Array(40)
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8057'
    expect(packId(uuid, bytes, 7)).toBe(true)
    expect(unpackId(bytes, 7)).toBe(uuid)
    const others = [
      'x',
      uuid.toUpperCase(),
      uuid.replace('7', 'g'),
      uuid.replace('-', 'x'),
      uuid.replaceAll('0', '\u0130'),
    ]
    for (const other of others) expect(packId(other, bytes, 0)).toBe(false)
  })

  it('read what releases with commits of layout 1 wrote', () => {
    const batch = decodeBatch(layoutOne(), 1, 1_800_000_000_000)
    const columns = [batch.kind, batch.at, batch.unit, batch.subject, batch.value, batch.variant]
    expect(batch.ids).toEqual(['01890a5d-ac96-774b-bcce-b302099a8057', 'not a uuid', 'x'])
    expect(columns.map((column) => [...column])).toEqual([
      [0, 1, 0],
      [1_799_999_999_995, 1_800_000_000_000, 1_800_000_000_000],
      [0, 1, 1],
      [0, 1, 0],
      [0.25, -0.1, 1],
      [1, 0, 0],
    ])
    expect([...batch.version, ...batch.policyVersion, ...batch.combination]).toEqual([
      ...[3, 0, 1],
      ...[7, 0, -1],
      ...[0, 0, 0],
    ])
    expect(() => decodeBatch(layoutOne().fill(3, 0, 1), 1, 5)).toThrow('damaged')
    expect(() => decodeBatch(layoutOne().fill(2, 0, 1), 1, 5)).toThrow('damaged')
  })

  it('of format 1 are taken over, and say so to releases that could not read them', async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'helios-storage-'))
    await sqliteStorage({ path: file() }).close()
    const { DatabaseSync } = await import('node:sqlite')
    const old = new DatabaseSync(file())
    old.exec('PRAGMA user_version = 1')
    old.prepare('INSERT INTO commits VALUES (1, 3, 1800000000000, ?)').run(layoutOne())
    old.close()
    const storage = sqliteStorage({ path: file() })
    const batches = []
    for await (const batch of storage.events.read(1)) batches.push(batch)
    expect(batches.map(({ length }) => length)).toEqual([3])
    await storage.close()
    const raised = new DatabaseSync(file())
    expect(raised.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 })
    raised.close()
    await rm(directory, { recursive: true })
  })

  it('name a commit that is damaged', async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'helios-storage-'))
    const storage = sqliteStorage({ path: file() })
    const batch = new EventBatch(1, 5)
    batch.addOutcome('one', 5, 0, 0, 1)
    await storage.events.append(batch)
    await storage.close()
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(file())
    database.exec('UPDATE commits SET events = substr(events, 1, length(events) - 1)')
    database.close()
    const damaged = sqliteStorage({ path: file() })
    const read = async () => {
      for await (const each of damaged.events.read(1)) each.ids.at(0)
    }
    await expect(read()).rejects.toThrow('The commit at 1 is damaged')
    await damaged.close()
    await rm(directory, { recursive: true })
  })
})
