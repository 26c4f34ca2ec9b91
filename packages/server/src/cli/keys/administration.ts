import type { ApiKey, Scope } from '@helios/sdk'

/** Keys of a store, reached through the running server or, when none runs, through its file. */
export interface KeyAdministration {
  create(name: string, scopes: readonly Scope[]): Promise<{ key: ApiKey; secret: string }>
  list(): Promise<ApiKey[]>
  revoke(id: string): Promise<ApiKey>
  close(): Promise<void>
}
