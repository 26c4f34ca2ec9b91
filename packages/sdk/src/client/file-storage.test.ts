import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { fileStorage } from './file-storage.ts'
import { memoryStorage } from './storage.ts'

const root = mkdtempSync(path.join(tmpdir(), 'helios-file-storage-'))
afterAll(() => rmSync(root, { recursive: true }))
let folders = 0
const newFolder = (): string => path.join(root, `folder ${folders++}`, 'deeper')

describe('fileStorage', () => {
  it('behaves as a storage in memory, whatever keys and values are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'a', 'A', '../../x', '/etc/passwd', '\n', '\u0000', 'x'.repeat(5000), '__proto__'),
    )
    const step = fc.tuple(fc.constantFrom('set', 'remove'), text, text)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const folder = newFolder()
        const [files, memory] = [fileStorage(folder), memoryStorage()]
        for (const [kind, key, value] of steps) {
          for (const storage of [files, memory]) {
            if (kind === 'set') storage.set(key, value)
            else storage.remove(key)
          }
        }
        // What is read by another process, after this one ended.
        for (const storage of [files, fileStorage(folder)]) {
          expect([...storage.keys()].sort()).toEqual([...memory.keys()].sort())
          for (const [, key] of steps) expect(storage.get(key)).toBe(memory.get(key))
        }
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('leaves files of others alone, and what it cannot read', () => {
    const folder = newFolder()
    const storage = fileStorage(folder)
    storage.set('mine', '1')
    writeFileSync(path.join(folder, 'notes.txt'), 'x')
    writeFileSync(path.join(folder, 'f'.repeat(64)), 'damaged')
    expect([...storage.keys()]).toEqual(['mine'])
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('is for this user only', () => {
    const folder = newFolder()
    fileStorage(folder).set('key', 'value')
    const [file = ''] = readdirSync(folder)
    expect([statSync(folder).mode & 0o777, statSync(path.join(folder, file)).mode & 0o777]).toEqual([
      0o700, 0o600,
    ])
  })

  it('says what is wrong when there can be no folder', () => {
    const file = path.join(root, 'a file')
    writeFileSync(file, '')
    expect(() => fileStorage(path.join(file, 'folder'))).toThrow('ENOTDIR')
  })
})
