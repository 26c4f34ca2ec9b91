import { statSync } from 'node:fs'
import { basename } from 'node:path'

/** Path of a store that lives in memory only. */
export const MEMORY_PATH = ':memory:'

/** How a store is called where strangers look: folders may tell of users and machines. */
export function storeName(path: string): string {
  return path === MEMORY_PATH ? 'memory' : basename(path)
}

/** Bytes on disk, the log that is not folded into the file yet included; 0 in memory. */
export function storeBytes(path: string): number {
  if (path === MEMORY_PATH) return 0
  const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}
