import { HeliosError } from '../errors.ts'
import { CsvReader } from './csv-reader.ts'
import type { SummarisedTable } from './summarised-table.ts'
import type { TableQuestion } from './table-question.ts'
import { TableSummary } from './table-summary.ts'

export interface TableProgress {
  readonly rows: number
  readonly bytes: number
}

/**
 * Reads a CSV table, in chunks of bytes cut anywhere, into what an analysis needs. A chunk is not looked
 * at again once the next is asked for.
 *
 * Memory does not grow with the rows; with `unit` it grows by about 16 bytes a unit, the text that names
 * the unit, and 8 bytes per metric (16 for a ratio). With `keepUnits` it grows by at most 16 bytes a unit for each
 * metric (twice for a ratio), covariate and label. Throws HEL_FILE_INVALID where the table cannot be
 * read with certainty, naming the line, and HEL_USAGE where the question contradicts itself.
 *
 * @example
 * const question = { variant: 'group', control: 'A', metrics: [parseMetric('paid=proportion(paid)')] }
 * const table = await readTable(createReadStream('test.csv'), question)
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  question: TableQuestion,
  onProgress?: (progress: TableProgress) => void,
): Promise<SummarisedTable> {
  requireConsistent(question)
  const summary = new TableSummary(question)
  const reader = new CsvReader(delimiterOf(question), (row) => summary.take(row))
  let bytes = 0
  for await (const chunk of chunks) {
    reader.push(chunk)
    bytes += chunk.length
    onProgress?.({ rows: summary.rows, bytes })
  }
  reader.end()
  return summary.finish()
}

function delimiterOf({ delimiter = ',' }: TableQuestion): number {
  const code = delimiter.charCodeAt(0)
  const isUsable = delimiter.length === 1 && code > 0 && code < 128 && !/["\r\n]/.test(delimiter)
  if (!isUsable) refuse(`"${delimiter}" cannot be a delimiter; use one character such as , ; | or a tab`)
  return code
}

function requireConsistent({ metrics, unit, units, keepUnits, experiment }: TableQuestion): void {
  if (metrics.length === 0) refuse('an analysis needs at least one metric')
  const names = metrics.map(({ name }) => name)
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  if (repeated !== undefined) refuse(`two metrics are called ${repeated}`)
  if (keepUnits) requireSingleUnits(units, experiment)
  if (units === undefined) return
  if (unit !== undefined) refuse('a row stands either for several units or for one named unit, not both')
  const other = metrics.find(({ kind }) => kind !== 'proportion')
  if (other) {
    refuse(
      `metric ${other.name} is a ${other.kind}, but a row that stands for several units only has their total, and without the spread among the units there is no interval; use a proportion or one row per unit`,
    )
  }
}

function requireSingleUnits(units: string | undefined, experiment: string | undefined): void {
  if (units !== undefined)
    refuse(
      'this analysis needs the values of single units, but a row stands for several; give one row per unit',
    )
  if (experiment !== undefined)
    refuse(
      'this analysis keeps the values of single units, for one experiment at a time; choose one with --where "COLUMN = NAME" instead of --experiment',
    )
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
