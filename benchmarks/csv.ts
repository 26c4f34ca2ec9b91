/**
 * Claim: `helios analyse` reads ten million rows with ten million distinct units in at most 512 MB.
 *
 * Writes a CSV (unit, variant, one binary and one continuous measure) to the temporary folder of the
 * system, analyses it in a process of its own with and without --unit, prints speed and peak memory, and
 * deletes the file. `node benchmarks/csv.ts [rows]`, 10,000,000 rows by default.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { machine } from './measure.ts'

const CHILD = '--child'
const ROWS_PER_WRITE = 20_000

interface Run {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  readonly units: number
}

if (process.argv[2] === CHILD) await analyseAndMeasure(process.argv[3] as string, process.argv[4] === 'unit')
else await benchmark(Number(process.argv[2] ?? 10_000_000))

async function benchmark(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'helios-csv-'))
  try {
    const file = join(folder, 'table.csv')
    await writeTable(file, rows)
    const megabytes = (await stat(file)).size / 1e6
    console.log(machine())
    console.log(`${rows.toLocaleString('en')} rows, ${megabytes.toFixed(0)} MB`)
    for (const mode of ['row', 'unit'] as const)
      console.log(describe(mode, rows, megabytes, await runChild(file, mode)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function describe(mode: 'row' | 'unit', rows: number, megabytes: number, run: Run): string {
  const how = mode === 'unit' ? 'with --unit   ' : 'without --unit'
  const speed = `${(rows / run.seconds / 1e6).toFixed(2)} M rows/s, ${(megabytes / run.seconds).toFixed(0)} MB/s`
  const cost = `${run.seconds.toFixed(1)} s, ${run.cpuSeconds.toFixed(1)} CPU s, peak ${run.peakMegabytes.toFixed(0)} MB`
  return `${how}  ${speed}  (${cost}, ${run.units.toLocaleString('en')} units)`
}

/** Ids in an order that no cache likes, each once: an odd multiplier permutes the numbers below 2^32. */
async function writeTable(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file)
  out.write('unit,variant,converted,revenue\n')
  let state = 42
  for (let row = 0; row < rows; ) {
    let lines = ''
    for (const end = Math.min(rows, row + ROWS_PER_WRITE); row < end; row++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      const unit = Math.imul(row, 2654435761) >>> 0
      const revenue = ((state >>> 4) % 10_000) / 100
      lines += `u${unit},${state & 0x10000000 ? 'treatment' : 'control'},${(state >>> 24) % 10 === 0 ? 1 : 0},${revenue}\n`
    }
    if (!out.write(lines)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

async function runChild(file: string, mode: 'row' | 'unit'): Promise<Run> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), CHILD, file, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  await once(child, 'close')
  return JSON.parse(output) as Run
}

async function analyseAndMeasure(file: string, named: boolean): Promise<void> {
  const { analyseFile } = await import('../packages/server/src/cli/analyse/analyse-file.ts')
  const { questionFrom } = await import('../packages/server/src/cli/analyse/options.ts')
  const question = questionFrom({
    variant: 'variant',
    control: 'control',
    metric: ['conversion=mean(converted)', 'revenue=mean(revenue)'],
    ...(named ? { unit: 'unit' } : {}),
  })
  const started = performance.now()
  const analysis = await analyseFile(file, question, { alpha: 0.05, evenIfMisleading: true })
  const usage = process.resourceUsage()
  const run: Run = {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMegabytes: (usage.maxRSS * 1024) / 1e6,
    units: 'units' in analysis ? analysis.units : 0,
  }
  console.log(JSON.stringify(run))
}
