import { DatabaseSync } from 'node:sqlite'
import { HeliosError } from '../../errors.ts'

/** Raised when what is written changes in a way that older releases cannot read. */
const FORMAT = 2
/** Formats that are read as they are: format 1 has no commits of layout 2, and no other difference. */
const READABLE_FORMATS = [1, FORMAT]

const TABLES = `
CREATE TABLE documents (
  collection TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (collection, key, version)
) WITHOUT ROWID;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, version INTEGER NOT NULL, action TEXT NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL
);
CREATE TABLE commits (
  first_position INTEGER PRIMARY KEY, last_position INTEGER NOT NULL, received_at INTEGER NOT NULL, events BLOB NOT NULL
);
CREATE TABLE units (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE remembered_ids (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE snapshot_parts (name TEXT NOT NULL, chunk INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, chunk));
CREATE TABLE snapshot_position (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL);
CREATE TABLE state (key TEXT PRIMARY KEY, version INTEGER NOT NULL, value BLOB NOT NULL, expires_at INTEGER) WITHOUT ROWID;
`

/** Log pages between checkpoints (32 MiB): each copies pages that appending rewrites, and flushes twice. */
const PAGES_BETWEEN_CHECKPOINTS = 8192

const SQLITE_BUSY = 5
const SQLITE_NOTADB = 26

/** Opens or creates the file. Throws HEL_STORAGE_LOCKED, HEL_STORAGE_INCOMPATIBLE or HEL_STORAGE_FAILED. */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -65536;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = ${PAGES_BETWEEN_CHECKPOINTS};
      BEGIN IMMEDIATE;`)
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    if (found === 0) database.exec(TABLES)
    else if (!READABLE_FORMATS.includes(found))
      throw new HeliosError('HEL_STORAGE_INCOMPATIBLE', { path, found, expected: FORMAT })
    if (found !== FORMAT) database.exec(`PRAGMA user_version = ${FORMAT}`)
    database.exec('COMMIT')
    return database
  } catch (error) {
    database?.close()
    throw openingError(error, path)
  }
}

function openingError(error: unknown, path: string): Error {
  if (error instanceof HeliosError) return error
  const { errcode, message } = error as { errcode?: number; message: string }
  if (errcode === SQLITE_BUSY) return new HeliosError('HEL_STORAGE_LOCKED', { path }, { cause: error })
  const problem = errcode === SQLITE_NOTADB ? `${path} is not a Helios store` : `${path}: ${message}`
  return new HeliosError('HEL_STORAGE_FAILED', { problem }, { cause: error })
}

/** Runs `work` in one transaction: all of it or, when it throws, nothing. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE')
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    if (error instanceof HeliosError) throw error
    throw new HeliosError('HEL_STORAGE_FAILED', { problem: (error as Error).message }, { cause: error })
  }
}
