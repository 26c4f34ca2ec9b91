import { open, stat } from 'node:fs/promises'
import {
  type Analysis,
  analyseExperiments,
  analyseTable,
  DEFAULT_ESTIMATORS,
  type ExperimentsAnalysis,
  HeliosError,
  readTable,
  type TableProgress,
  type TableQuestion,
} from '@helios/engine'

const CHUNK_BYTES = 2 ** 18

export interface FileSettings {
  readonly alpha: number
  readonly evenIfMisleading: boolean
}

/** Answer of `helios analyse --json`: about one experiment, or about each of many. */
export type FileAnalysis =
  | ({ readonly file: string; readonly rows: number } & Analysis)
  | ({ readonly file: string; readonly rows: number } & ExperimentsAnalysis)

/** Size of a file. Throws HEL_FILE_INVALID where there is none that can be read. */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => refuseFile(file, error))
  if (found.isDirectory()) refuse(`${file} is a folder`)
  return found.size
}

/** Reads and analyses a CSV file. Throws HEL_FILE_INVALID and HEL_USAGE. */
export async function analyseFile(
  file: string,
  question: TableQuestion,
  { alpha, evenIfMisleading }: FileSettings,
  onProgress?: (progress: TableProgress) => void,
): Promise<FileAnalysis> {
  const table = await readTable(bytesOf(file), question, onProgress)
  const settings = { alpha, evenIfMisleading, estimators: DEFAULT_ESTIMATORS }
  const head = { file, rows: table.rows }
  return question.experiment === undefined
    ? { ...head, ...analyseTable(table, question, settings) }
    : { ...head, ...analyseExperiments(table, question, settings) }
}

/** One buffer is filled again and again: a stream would leave a megabyte to the collector for each it reads. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => refuseFile(file, error))
  try {
    const buffer = new Uint8Array(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function refuseFile(file: string, error: NodeJS.ErrnoException): never {
  if (error instanceof HeliosError) throw error
  if (error.code === 'ENOENT') refuse(`there is no file ${file}`)
  if (error.code === 'EACCES') refuse(`${file} may not be read by this user`)
  if (error.code === 'EISDIR') refuse(`${file} is a folder`)
  throw error
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
