import type { Band } from './band.ts'
import type { SectionKey } from './section-key.ts'

/** What a number means and how it is written. */
export type Quantity = 'share' | 'ratio'

/** What one row measures, before it is measured. */
export interface Question {
  readonly section: SectionKey
  /** What is counted; rows with the same one form a table. */
  readonly measure: string
  readonly method: string
  readonly population: string
  /** Units per variant, or the plan of looks, in words. */
  readonly sample: string
  readonly band: Band
}

/** A number that was measured, with its error. */
export interface Measurement {
  readonly quantity: Quantity
  readonly value: number
  /** Of the value; 0 where it was computed without chance. */
  readonly standardError: number
  /** Simulated experiments behind the value; 0 where all possible outcomes were gone through. */
  readonly experiments: number
  /** Share of the experiments in which the method gave no answer. */
  readonly unanswered: number
}

export type Verdict = 'OK' | 'NOT OK' | 'KNOWN LIMIT' | 'NOT JUDGED'

export interface Row extends Question, Measurement {
  readonly verdict: Verdict
  /** Why it may lie outside of its band, where it may. */
  readonly reason?: string
}
