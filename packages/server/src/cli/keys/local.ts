import { Helios } from '@helios/engine'
import { KeyStore } from '../../keys/key-store.ts'
import { requireStoreFile } from '../store-argument.ts'
import type { KeyAdministration } from './administration.ts'

/** The way back in when every admin key is lost: who can read the file may make a key. */
export async function localKeys(path: string): Promise<KeyAdministration> {
  requireStoreFile(path)
  const helios = await Helios.open({ path })
  const keys = await KeyStore.open(helios.registry)
  const by = 'command line'
  return {
    create: (name, scopes) => keys.create({ name, scopes, by }),
    list: async () => keys.list(),
    revoke: (id) => keys.revoke(id, by),
    close: () => helios.close(),
  }
}
