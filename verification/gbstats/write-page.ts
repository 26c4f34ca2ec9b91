import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readGolden } from './golden.ts'
import { countedParts, fixedParts, withParts } from './page.ts'

const PAGE = path.resolve(import.meta.dirname, '../../docs/reference/compared-with-gbstats.md')

/** Renews the page: `node verification/gbstats/write-page.ts [golden.json]`. Without the file the counts stay. */
function main(file: string | undefined): void {
  const golden = file === undefined ? undefined : readGolden(file)
  if (file !== undefined && !golden) throw new Error(`${file} is no file of values of gbstats.`)
  const parts = { ...fixedParts(), ...(golden ? countedParts(golden) : {}) }
  writeFileSync(PAGE, withParts(readFileSync(PAGE, 'utf8'), parts))
}

main(process.argv[2])
