import { type Clock, systemClock } from '@helios/engine'
import { plural } from '../formatting.ts'

const MILLISECONDS_BETWEEN = 100
const BAR_COLUMNS = 24
const ERASE_LINE = '\r\u001b[2K'

/** The part of a terminal that progress needs. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A line on a terminal that tells how far the history is; silent where nobody would see it. */
export class HistoryProgress {
  readonly #terminal: Terminal
  readonly #clock: Clock
  readonly #startedAt: number
  #shownAt = Number.NEGATIVE_INFINITY

  constructor(terminal: Terminal, clock: Clock = systemClock) {
    this.#terminal = terminal
    this.#clock = clock
    this.#startedAt = clock.now()
  }

  update(share: number, days: number): void {
    const now = this.#clock.now()
    if (!this.#terminal.isTTY || now - this.#shownAt < MILLISECONDS_BETWEEN) return
    this.#shownAt = now
    this.#write(progressLine(share, days))
  }

  /** Puts what was made in the place of the line. */
  end(events: number): void {
    if (!this.#terminal.isTTY) return
    const seconds = (this.#clock.now() - this.#startedAt) / 1000
    this.#write(`  ✓ The history is there: ${plural(events, 'event')} in ${seconds.toFixed(1)} s.`)
    this.#terminal.write('\n  Visitors arrive live from now on.\n')
  }

  /** Leaves nothing behind: the history was interrupted. */
  erase(): void {
    if (this.#terminal.isTTY && this.#shownAt > 0) this.#terminal.write(ERASE_LINE)
  }

  #write(line: string): void {
    this.#terminal.write(ERASE_LINE + line.slice(0, (this.#terminal.columns || 80) - 1))
  }
}

/** `  ████████░░░░  62 %  day 4 of 6` */
export function progressLine(share: number, days: number): string {
  const full = Math.round(share * BAR_COLUMNS)
  const bar = '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full)
  const day = Math.min(days, Math.floor(share * days) + 1)
  return `  ${bar} ${Math.floor(share * 100)} %  simulating day ${day} of ${days}`
}
