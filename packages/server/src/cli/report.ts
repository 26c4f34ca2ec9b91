import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { HeliosError } from '@helios/engine'
import type { Command } from 'commander'
import colours from 'picocolors'
import { EXTENSIONS, REPORT_FORMATS, type ReportFormat } from '../report/formats.ts'
import { readText, serverOf, USUAL_URL } from './api.ts'
import { print } from './output.ts'

interface Flags {
  readonly html?: boolean
  readonly markdown?: boolean
  readonly json?: boolean
  readonly out?: string
  readonly url?: string
  readonly key?: string
  readonly path?: string
}

const EXAMPLES = `
Without a format: as the name after --out ends (.html, .md, .json), else Markdown.

Examples:
  $ helios report greeting --out greeting.html
  $ helios report greeting --markdown
  $ helios report greeting --json --out greeting.json --path helios.db     (no server running)

Exit code: 0 the report was made, 1 the server refused or there is no such
experiment, 2 bad use, no server, no key, or a file that cannot be written.`

/** Adds `helios report KEY`: what an experiment found, in one file that can be mailed. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('Write what an experiment found, with its charts, as one file')
    .argument('<experiment>', 'key of the experiment')
    .option('--html', 'one HTML file with charts: it loads nothing, runs nothing, and prints well')
    .option('--markdown', 'Markdown, for tickets and repositories')
    .option('--json', 'print JSON: all numbers, for programs')
    .option('--out <file>', 'write to this file instead of the terminal')
    .option('--url <address>', `running server (default: HELIOS_URL, else ${USUAL_URL})`)
    .option(
      '--key <secret>',
      'key that may read (default: HELIOS_KEY, which other users of the machine cannot see)',
    )
    .option('--path <file>', 'store file, when no server runs')
    .addHelpText('after', EXAMPLES)
    .action(report)
}

async function report(experiment: string, flags: Flags): Promise<void> {
  const { out, path: store } = flags
  const format = formatOf(flags)
  const text =
    store === undefined ? await remote(experiment, format, flags) : await local(experiment, format, store)
  if (out === undefined) {
    process.stdout.on('error', leaveWithReader)
    process.stdout.write(text)
    return
  }
  write(out, text)
  print(`${colours.green('✓')} ${out}`)
}

/** Throws HEL_USAGE for more than one. */
function formatOf(flags: Flags): ReportFormat {
  const wanted = REPORT_FORMATS.filter((format) => flags[format] === true)
  if (wanted.length > 1) {
    throw usage(
      `Choose one of ${wanted.map((format) => `--${format}`).join(' and ')}; each report has one format`,
    )
  }
  const extension = path.extname(flags.out ?? '').toLowerCase()
  const named = REPORT_FORMATS.find((format) => extension === `.${EXTENSIONS[format]}`)
  return wanted[0] ?? named ?? 'markdown'
}

function remote(experiment: string, format: ReportFormat, where: Flags): Promise<string> {
  const address = `/v1/experiments/${encodeURIComponent(experiment)}/report?format=${format}`
  return readText(serverOf(where), address)
}

async function local(experiment: string, format: ReportFormat, store: string): Promise<string> {
  const { localReport } = await import('./report/local.ts')
  return localReport(store, experiment, format)
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw usage(`The report cannot be written to ${file} (${reason}); give another place with --out`)
  }
}

/** `helios report … | head` is no failure: who reads may stop when satisfied. */
function leaveWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  throw error
}

function usage(problem: string): HeliosError {
  return new HeliosError('HEL_USAGE', { problem })
}
