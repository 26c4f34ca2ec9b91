/**
 * Keeps what a client must remember in a folder, for programs on Node (20.16 or later), Deno and Bun.
 *
 * One file per key, replaced as a whole, so that a crash leaves the old value or the new one. The names are
 * digests, because keys hold units, and units may hold anything; the first line of each file has its key.
 * Several processes may share a folder.
 */
import type { ClientStorage } from './storage.ts'

/** The slice of Node that is used, reached without an import: browsers have nothing to resolve. */
interface Node {
  getBuiltinModule(name: 'node:fs'): Files
  getBuiltinModule(name: 'node:crypto'): { createHash(name: 'sha256'): Digest }
}

interface Files {
  mkdirSync(path: string, options: { recursive: true; mode: number }): unknown
  readFileSync(path: string, encoding: 'utf8'): string
  readdirSync(path: string): string[]
  renameSync(from: string, to: string): void
  rmSync(path: string, options: { force: true }): void
  writeFileSync(path: string, text: string, options: { mode: number }): void
}

interface Digest {
  update(text: string): { digest(encoding: 'hex'): string }
}

const FILE = /^[0-9a-f]{64}$/

/**
 * @param folder made when it is not there; only this user may read it
 * @throws Error when the folder cannot be made, or the platform has no files
 * @example createClient({ url, key, storage: fileStorage('helios-client') })
 */
export function fileStorage(folder: string): ClientStorage {
  const { process } = globalThis as { readonly process?: Partial<Node> }
  if (!process?.getBuiltinModule) throw new Error('fileStorage needs Node 20.16 or later, Deno 2 or Bun')
  const node = process as Node
  const files = node.getBuiltinModule('node:fs')
  const { createHash } = node.getBuiltinModule('node:crypto')
  const own = globalThis.crypto.randomUUID()
  /** Key of each file that was read before: keys never change. */
  const keys = new Map<string, string>()
  files.mkdirSync(folder, { recursive: true, mode: 0o700 })

  const fileOf = (key: string): string => createHash('sha256').update(key).digest('hex')
  const pathOf = (file: string): string => `${folder}/${file}`

  function read(file: string): { readonly key: string; readonly value: string } | undefined {
    try {
      const text = files.readFileSync(pathOf(file), 'utf8')
      const end = text.indexOf('\n')
      return { key: JSON.parse(text.slice(0, end)) as string, value: text.slice(end + 1) }
    } catch (error) {
      if (isMissing(error) || error instanceof SyntaxError) return undefined
      throw error
    }
  }

  function keyOf(file: string): string | undefined {
    const key = keys.get(file) ?? read(file)?.key
    if (key !== undefined) keys.set(file, key)
    return key
  }

  return {
    get: (key) => read(fileOf(key))?.value,
    set: (key, value) => {
      const path = pathOf(fileOf(key))
      const draft = `${path}.${own}`
      files.writeFileSync(draft, `${JSON.stringify(key)}\n${value}`, { mode: 0o600 })
      files.renameSync(draft, path)
    },
    remove: (key) => files.rmSync(pathOf(fileOf(key)), { force: true }),
    keys: () => {
      const names = files.readdirSync(folder).filter((name) => FILE.test(name))
      return names.map(keyOf).filter((key) => key !== undefined)
    },
  }
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ENOENT'
}
