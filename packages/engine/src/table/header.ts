import { HeliosError } from '../errors.ts'
import type { CsvRow } from './csv-row.ts'

const NAMES_SHOWN = 20

/** Where each column of a table stands. */
export interface Header {
  readonly names: readonly string[]
  /** Place of a column. Throws HEL_FILE_INVALID, naming the column that was probably meant. */
  find(name: string): number
}

/** Reads the names of the columns. Throws HEL_FILE_INVALID where two are equal or there are none. */
export function readHeader(row: CsvRow): Header {
  const names = Array.from({ length: row.count }, (_, cell) => row.text(cell))
  const places = new Map<string, number>()
  for (const [place, name] of names.entries()) {
    const first = places.get(name)
    if (first !== undefined && name !== '') {
      refuse(`columns ${first + 1} and ${place + 1} are both called "${name}" (line ${row.line})`)
    }
    places.set(name, place)
  }
  const { line } = row
  return { names, find: (name) => places.get(name) ?? refuseUnknown(name, names, line) }
}

function isNumber(text: string): boolean {
  return !Number.isNaN(Number(text))
}

function refuseUnknown(name: string, names: readonly string[], line: number): never {
  // A table whose first line holds data would lose that line silently.
  if (names.every(isNumber)) {
    refuse(`line ${line} holds numbers, not the names of the columns; add a header line with "${name}"`)
  }
  const only = names.length === 1 ? names[0] : undefined
  const other = only === undefined ? undefined : [';', '\t', '|', ','].find((mark) => only.includes(mark))
  if (other !== undefined) {
    const shown = other === '\t' ? 'a tab' : `"${other}"`
    refuse(`it has a single column, "${only?.replaceAll('\t', '⇥')}"; is ${shown} the delimiter?`)
  }
  const near = nearest(name, names)
  const hint = near === undefined ? '.' : `; did you mean "${near}"?`
  const more = names.length > NAMES_SHOWN ? `, … (${names.length} in all)` : ''
  refuse(`it has no column "${name}"${hint} Columns: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}`)
}

/** The known name at the smallest edit distance, if it is near enough to be a slip. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = Math.floor(name.length / 3)
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= limit ? best.candidate : undefined
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[j] as number) + 1, (current[j - 1] as number) + 1))
    }
    previous = current
  }
  return previous[b.length] as number
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
