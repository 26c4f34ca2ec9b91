import { isJudged } from './band.ts'
import type { Row } from './row.ts'
import { SECTIONS, type Section } from './sections.ts'
import { STANDARD_ERRORS } from './verdict.ts'
import { COLUMNS, cellsOf, countsOf, tablesOf, valueInWords } from './words.ts'

/** The page of the documentation: the same rows give the same bytes. */
export function pageOf(rows: readonly Row[], seed: number): string {
  return `${[head(rows, seed), ...highlights(rows), bands(rows), limits(rows), ...SECTIONS.flatMap((section) => sectionOf(section, rows))].join('\n\n')}\n`
}

function head(rows: readonly Row[], seed: number): string {
  const counts = countsOf(rows)
  const experiments = rows.reduce((sum, row) => sum + row.experiments, 0)
  return `# Calibration

How often do the statistics of Helios err? Every number on this page was measured on simulated experiments whose truth is known, by the code that analyses real ones. Do it again on your machine:

\`\`\`sh
npm run calibrate
\`\`\`

This page was written by that command (seed ${seed}); the same seed gives the same page. \`--quick\` takes a twentieth of the experiments, \`--only SECTION\` a part, \`--seed NUMBER\` other chance. The command fails when a row is not as it must be.

| rows | |
|---|---|
| as they must be | ${counts.OK} |
| known limits, with a reason | ${counts['KNOWN LIMIT']} |
| **not as they must be** | **${counts['NOT OK']}** |
| shown, not judged | ${counts['NOT JUDGED']} |

They rest on ${roughly(experiments)} answers of methods in simulated experiments.

How to read a row: *measured* is the share of experiments, *standard error* that of the simulation, *allowed* what the share may be, for [the reasons given](#what-is-allowed-and-why). A row fails when it lies more than ${STANDARD_ERRORS} standard errors outside: by chance alone one honest row in 30,000 does.`
}

function roughly(count: number): string {
  return `${(Math.round(count / 100_000) / 10).toLocaleString('en')} million`
}

/** What most people come for. */
function highlights(rows: readonly Row[]): string[] {
  const daily = rows.filter(({ measure }) => measure.startsWith('Looks on 28 days'))
  const range = (wanted: (row: Row) => boolean) => {
    const found = daily.filter(wanted).toSorted((a, b) => a.value - b.value)
    const [first, last] = [found[0], found.at(-1)]
    return first && last ? `${valueInWords(first)} to ${valueInWords(last)}` : undefined
  }
  const lines = [
    ['the default, always-valid', range(({ method }) => method.startsWith('confidence-sequence'))],
    ['mixture test (`mixture-sprt`)', range(({ method }) => method.startsWith('mixture-sprt'))],
    ['group-sequential, 5 planned looks', range(({ method }) => method.startsWith('group-sequential'))],
    ['a test for one look, read every day', range(({ method }) => method.endsWith('at every look'))],
    [
      '"95 % likely to be better", flat prior, read every day',
      range(({ method }) => method.startsWith('flat prior')),
    ],
  ].flatMap(([name, found]) => (found ? [`| ${name} | ${found} |`] : []))
  if (lines.length === 0) return []
  return [
    `## In short

Nothing differs, and the results are looked at on 28 days. Experiments in which something was found all the same, lowest to highest over the populations below:

| method | false positives |
|---|---|
${lines.join('\n')}`,
  ]
}

function bands(rows: readonly Row[]): string {
  const used = [...new Set(rows.map(({ band }) => band))]
  const lines = used.map(({ name, why }) => `- **${name}**: ${why}`)
  return `## What is allowed, and why

${[...new Set(lines)].join('\n')}`
}

/** Rows outside of their band for a reason that is known; the reason once for all of its rows. */
function limits(rows: readonly Row[]): string {
  const byReason = Map.groupBy(
    rows.filter(({ verdict }) => verdict === 'KNOWN LIMIT'),
    ({ reason = '' }) => reason,
  )
  const parts = [...byReason].map(([reason, own]) => {
    const lines = own.map(
      (row) => `  - ${row.method}; ${row.population}; ${row.sample} (${row.measure}): ${valueInWords(row)}`,
    )
    return `- ${reason}\n${lines.join('\n')}`
  })
  return `## Known limits

Where a method does not do what it does elsewhere, with the number measured and the reason. None of these rows counts as right.

${parts.length > 0 ? parts.join('\n') : 'None.'}`
}

function sectionOf({ key, title, about }: Section, rows: readonly Row[]): string[] {
  const own = rows.filter(({ section }) => section === key)
  if (own.length === 0) return []
  return [`## ${title}`, about, ...[...tablesOf(own)].map(([measure, each]) => tableOf(measure, each))]
}

function tableOf(measure: string, rows: readonly Row[]): string {
  const head = `| ${COLUMNS.join(' | ')} |\n|---|---|---|--:|--:|--:|---|---|`
  const lines = rows.map((row) => `| ${cellsOf(row).map(escaped).join(' | ')} |`)
  const areJudged = rows.some(({ band }) => isJudged(band))
  return [`### ${measure}`, ...(areJudged ? [] : ['Shown, not judged.']), [head, ...lines].join('\n')].join(
    '\n\n',
  )
}

function escaped(cell: string): string {
  return cell === 'NOT OK' ? '**NOT OK**' : cell.replaceAll('|', '\\|')
}
