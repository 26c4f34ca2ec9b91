import { cpus, totalmem } from 'node:os'

/** What every figure is quoted with. */
export function machine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${memory} GiB, Node ${process.version}`
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Processor time and wall time of stretches of work, in seconds; what lies between them does not count. */
export class Stopwatch {
  cpu = 0
  wall = 0

  async time<T>(work: () => Promise<T>): Promise<T> {
    const before = process.cpuUsage()
    const start = performance.now()
    const result = await work()
    const used = process.cpuUsage(before)
    this.cpu += (used.user + used.system) / 1e6
    this.wall += (performance.now() - start) / 1e3
    return result
  }
}

/** Flags and numbers from the command line: `--json`, `--events 1000000`. */
export function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? fallback : Number(process.argv[index + 1])
}

/** Prints a title, the machine and rows of figures; or, with `--json`, one JSON object. */
export function report(title: string, figures: Readonly<Record<string, number | string>>): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ benchmark: title, machine: machine(), ...figures }))
    return
  }
  console.log(`\n${title}\n${machine()}\n`)
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  for (const [name, figure] of Object.entries(figures)) {
    console.log(`  ${name.padEnd(width)}  ${typeof figure === 'number' ? formatted(figure) : figure}`)
  }
}

function formatted(figure: number): string {
  if (Math.abs(figure) >= 1000) return Math.round(figure).toLocaleString('en')
  return String(+figure.toPrecision(3))
}

/** A reproducible generator (mulberry32) for synthetic traffic. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
