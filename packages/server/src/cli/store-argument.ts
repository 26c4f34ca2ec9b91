import { existsSync } from 'node:fs'
import { HeliosError } from '@helios/engine'

/** Opening a file that is not there would make a new, empty store, which nobody who names a file wants. */
export function requireStoreFile(path: string): void {
  if (!existsSync(path)) throw new HeliosError('HEL_USAGE', { problem: `There is no store file ${path}` })
}
