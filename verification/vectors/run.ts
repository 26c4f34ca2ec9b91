import { existsSync } from 'node:fs'
import { styleText } from 'node:util'
import { checkFolder, type FileResult } from './check-folder.ts'

const USAGE = `Computes every case of every file of reference values in a folder, and compares.

  npm run vectors -- FOLDER [--json]

A folder with a file of values of GrowthBook's statistics (golden.json) is compared with them; where they answer
otherwise for a reason that is known and checked (docs/reference/compared-with-gbstats.md) that is no failure.

Exits with 1 when any case is wrong or any file has no method here, and with 2 when there is no such folder.`

/** Prints what came of each file; the exit code says whether all is right. */
function main(given: readonly string[]): number {
  const folder = given.find((argument) => !argument.startsWith('-'))
  if (folder === undefined || given.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    return folder === undefined && !given.includes('--help') ? 2 : 0
  }
  if (!existsSync(folder)) {
    process.stderr.write(
      `There is no folder ${folder}. Give the folder that holds the files of reference values.\n`,
    )
    return 2
  }
  const results = checkFolder(folder)
  const failures = results.reduce((sum, result) => sum + result.failures, 0)
  if (given.includes('--json')) process.stdout.write(`${JSON.stringify({ failures, files: results })}\n`)
  else print(results, failures)
  return failures > 0 || results.length === 0 ? 1 : 0
}

function print(results: readonly FileResult[], failures: number): void {
  const width = Math.max(6, ...results.map(({ name }) => name.length))
  process.stdout.write(`${'method'.padEnd(width)}  cases  failures  worst relative error  tolerance\n`)
  for (const result of results) process.stdout.write(`${lineOf(result, width)}\n`)
  const cases = results.reduce((sum, result) => sum + result.cases, 0)
  const summary = `${results.length} methods, ${cases} cases, ${failures} failures`
  process.stdout.write(`\n${styleText(failures > 0 ? 'red' : 'green', summary)}\n`)
}

function lineOf(
  { name, cases, failures, worstError, tolerance, problems, note }: FileResult,
  width: number,
): string {
  const line = [
    name.padEnd(width),
    String(cases).padStart(5),
    String(failures).padStart(8),
    exponential(worstError).padStart(20),
    exponential(tolerance).padStart(9),
    ...(note === undefined ? [] : [note]),
  ].join('  ')
  if (failures === 0) return line
  return [styleText('red', line), ...problems.map((problem) => `    ${problem}`)].join('\n')
}

function exponential(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value === 0 ? '0' : value.toExponential(1)
}

// Whoever reads may stop reading: `npm run vectors -- FOLDER | head`.
process.stdout.on('error', () => process.exit())
process.exitCode = main(process.argv.slice(2))
