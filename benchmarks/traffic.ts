import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ExposureEvent, OutcomeEvent } from '@helios/sdk'
import { seeded } from './measure.ts'

export const METRICS = ['revenue', 'clicks', 'conversions', 'impressions'] as const
/** Ids are made by clients some seconds before they arrive, so they arrive out of order. */
const JITTER_MILLISECONDS = 5000

/** Synthetic senders: units 0 … n − 1, four metrics, ids as UUIDv7 clients make them. */
export class Traffic {
  readonly #random = seeded(20261122)
  readonly #units: number
  readonly #dimensions: number

  /** With dimensions, each exposure carries that many values, of ten each. */
  constructor(units: number, dimensions = 0) {
    this.#units = units
    this.#dimensions = dimensions
  }

  exposures(from: number, to: number, experiment: string, now: number): ExposureEvent[] {
    return Array.from({ length: to - from }, (_, i) => ({
      type: 'exposure',
      id: this.id(now),
      experiment,
      variant: (from + i) % 2 === 0 ? 'control' : 'treatment',
      unit: unitName(from + i),
      at: now,
      ...(this.#dimensions > 0 ? { dimensions: this.#values() } : {}),
    }))
  }

  #values(): Record<string, string> {
    const value = () => `value ${Math.floor(this.#random() * 10)}`
    return Object.fromEntries(dimensionNames(this.#dimensions).map((name) => [name, value()]))
  }

  outcomes(count: number, now: number): OutcomeEvent[] {
    return Array.from({ length: count }, () => ({
      id: this.id(now),
      unit: unitName(Math.floor(this.#random() * this.#units)),
      metric: METRICS[Math.floor(this.#random() * METRICS.length)] as string,
      value: Math.round(this.#random() * 10_000) / 100,
      at: now,
    }))
  }

  id(now: number): string {
    const time = Math.floor(now - this.#random() * JITTER_MILLISECONDS)
    const hex =
      time.toString(16).padStart(12, '0') +
      this.#hex(4, 0x7) +
      this.#hex(4, 0x8) +
      this.#hex(6) +
      this.#hex(6)
    return flat(
      `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`,
    )
  }

  /** Random hexadecimal digits; `first` fixes the leading one. */
  #hex(digits: number, first?: number): string {
    const free = Math.floor(this.#random() * 16 ** (digits - 1))
    const lead = first ?? Math.floor(this.#random() * 16)
    return lead.toString(16) + free.toString(16).padStart(digits - 1, '0')
  }
}

export function dimensionNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `dimension ${i}`)
}

function unitName(i: number): string {
  return flat(`u${String(i).padStart(8, '0')}`)
}

/** One run of characters, as texts from the network are; else the first reader pays for joining the parts. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

/** A folder for the store of one run, gone when the process ends. */
export function temporaryStore(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'helios-bench-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  return path.join(directory, 'helios.db')
}

export const EXPERIMENT = {
  key: 'benchmark',
  variants: [{ key: 'control', control: true }, { key: 'treatment' }],
  metrics: { primary: [...METRICS] },
}
