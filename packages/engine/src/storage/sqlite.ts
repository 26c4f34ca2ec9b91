import type { Storage } from '../storage.ts'
import { openDatabase } from './sqlite/database.ts'
import { sqliteEventLog } from './sqlite/event-log.ts'
import { sqliteRegistry } from './sqlite/registry.ts'
import { sqliteSnapshots } from './sqlite/snapshots.ts'
import { sqliteState } from './sqlite/state.ts'

export interface SqliteOptions {
  /** File, or ':memory:'. */
  readonly path: string
}

/**
 * One process, one file. Every commit is flushed to disk before it is acknowledged (WAL with
 * synchronous = FULL), and the file is locked: a second process would not see the first one's projections.
 */
export function sqliteStorage({ path }: SqliteOptions): Storage {
  const database = openDatabase(path)
  return {
    registry: sqliteRegistry(database),
    events: sqliteEventLog(database),
    snapshots: sqliteSnapshots(database),
    state: sqliteState(database),
    close: async () => {
      database.close()
    },
  }
}
