import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '../../packages/engine/src/clock.ts'
import { calibrate } from './calibrate.ts'
import { DEFAULT_SEED, type Options, optionsFrom, USAGE } from './options.ts'
import { pageOf } from './page.ts'
import { progressOn } from './progress.ts'
import type { Row } from './row.ts'
import { SECTION_KEYS } from './section-key.ts'
import { STUDIES } from './studies.ts'
import { render, summarise } from './terminal.ts'
import { countsOf } from './words.ts'

const PAGE = path.resolve(import.meta.dirname, '../../docs/reference/calibration.md')

async function main(given: readonly string[]): Promise<number> {
  const options = optionsFrom(given)
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${USAGE}\n`)
    return 2
  }
  if (options.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const started = systemClock.now()
  const rows = await measure(options)
  const seconds = Math.round((systemClock.now() - started) / 1000)
  report(rows, options, seconds)
  return countsOf(rows)['NOT OK'] > 0 ? 1 : 0
}

async function measure(options: Options): Promise<Row[]> {
  const progress = progressOn(process.stderr)
  try {
    return await calibrate({
      ...options,
      onProgress: (done, of, { study }) => progress.show(done, of, STUDIES[study]?.name ?? ''),
    })
  } finally {
    progress.end()
  }
}

function report(rows: readonly Row[], options: Options, seconds: number): void {
  const { seed, share, sections, json } = options
  if (json) {
    process.stdout.write(`${JSON.stringify({ seed, share, counts: countsOf(rows), rows })}\n`)
  } else {
    process.stdout.write(`${render(rows)}\n\n${summarise(rows)}; seed ${seed}, ${seconds} s\n`)
  }
  if (share < 1 || sections.length < SECTION_KEYS.length || seed !== DEFAULT_SEED) return
  writeFileSync(PAGE, pageOf(rows, seed))
  if (!json) process.stdout.write(`Written to ${path.relative(process.cwd(), PAGE)}\n`)
}

// Whoever reads may stop reading: `npm run calibrate | head`.
process.stdout.on('error', () => process.exit())
process.exitCode = await main(process.argv.slice(2))
