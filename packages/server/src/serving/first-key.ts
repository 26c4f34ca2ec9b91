import { writeFile } from 'node:fs/promises'
import type { KeyStore } from '../keys/key-store.ts'
import { MEMORY_PATH } from '../store-file.ts'

/** How the first admin key of a store reaches its owner. */
export type FirstKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'given' }
  | { readonly kind: 'shown'; readonly secret: string }
  | { readonly kind: 'written'; readonly file: string }

interface Circumstances {
  readonly path: string
  /** Secret that the owner chose; made here when absent. */
  readonly adminKey: string | undefined
  /** Whether the output goes where it is read once and not kept: a terminal, or a program that asked for it. */
  readonly canShow: boolean
}

/**
 * Makes the admin key of a store that never had a key. The secret is shown once; where output is likely
 * to be collected as a log, it goes to a file that only the owner of the process can read.
 */
export async function makeFirstKey(
  keys: KeyStore,
  { path, adminKey, canShow }: Circumstances,
): Promise<FirstKey> {
  if (!keys.isEmpty) return { kind: 'none' }
  const admin = { name: 'first admin', scopes: ['admin'], by: 'helios serve' } as const
  if (adminKey !== undefined) {
    await keys.create({ ...admin, secret: adminKey })
    return { kind: 'given' }
  }
  const { secret } = await keys.create(admin)
  if (canShow || path === MEMORY_PATH) return { kind: 'shown', secret }
  const file = `${path}.admin-key`
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  return { kind: 'written', file }
}
