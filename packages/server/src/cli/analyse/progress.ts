import { type Clock, systemClock, type TableProgress } from '@helios/engine'
import { count } from './numbers.ts'

/** Smaller files are read before anybody wonders. */
const SMALLEST_FILE_BYTES = 20e6
const MILLISECONDS_BETWEEN = 100
const BAR_COLUMNS = 24
const ERASE_LINE = '\r\u001b[2K'

/** The part of a terminal that progress needs. */
export interface ProgressTerminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A line on a terminal that tells how far a file has been read; silent where nobody would see it. */
export class Progress {
  readonly #terminal: ProgressTerminal
  readonly #fileBytes: number
  readonly #clock: Clock
  readonly #startedAt: number
  #shownAt = Number.NEGATIVE_INFINITY
  #shown = false

  constructor(terminal: ProgressTerminal, fileBytes: number, clock: Clock = systemClock) {
    this.#terminal = terminal
    this.#fileBytes = fileBytes
    this.#clock = clock
    this.#startedAt = clock.now()
  }

  update(progress: TableProgress): void {
    if (!this.#terminal.isTTY || this.#fileBytes < SMALLEST_FILE_BYTES) return
    const now = this.#clock.now()
    if (now - this.#shownAt < MILLISECONDS_BETWEEN) return
    this.#shownAt = now
    this.#shown = true
    const line = progressLine(progress, this.#fileBytes, (now - this.#startedAt) / 1000)
    this.#terminal.write(ERASE_LINE + line.slice(0, (this.#terminal.columns ?? 80) - 1))
  }

  erase(): void {
    if (this.#shown) this.#terminal.write(ERASE_LINE)
    this.#shown = false
  }
}

/** `[████████░░░░]  62 %  6,210,000 rows  2.1 M rows/s  3 s left` */
export function progressLine({ rows, bytes }: TableProgress, fileBytes: number, seconds: number): string {
  const share = Math.min(1, bytes / fileBytes)
  const full = Math.round(share * BAR_COLUMNS)
  const bar = '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full)
  const parts = [`${bar} ${Math.floor(share * 100)} %`, `${count(rows)} rows`]
  if (seconds >= 0.5) {
    parts.push(`${(rows / seconds / 1e6).toFixed(2)} M rows/s`)
    parts.push(`${Math.ceil((seconds * (1 - share)) / share)} s left`)
  }
  return parts.join('  ')
}
