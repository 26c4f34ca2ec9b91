import type { StratumCheck } from '../analysis.ts'
import { count, percent, pInWords } from './words.ts'

type Counts = Readonly<Record<string, number>>

/** The variant whose number of units departs most from what was expected. */
export interface Excess {
  readonly variant: string
  readonly units: number
  readonly expected: number
}

/** Residuals that differ by less than rounding are the same. */
const TIE = 1 - 1e-9

/**
 * By the adjusted residual (Haberman 1973, doi:10.2307/2529686), which is the same for both of two variants; then, and
 * wherever several depart as much, the control is named last. Undefined without a variant that departs.
 */
export function largestExcess(counts: Counts, expected: Counts, control: string): Excess | undefined {
  const all = sum(expected)
  const departures = Object.keys(counts)
    .toSorted((a, b) => Number(a === control) - Number(b === control) || (a < b ? -1 : 1))
    .map((variant): Excess => ({ variant, units: counts[variant] ?? 0, expected: expected[variant] ?? 0 }))
    .filter(({ units, expected: due }) => units !== due)
  const residuals = departures.map((departure) => adjustedResidual(departure, all))
  const most = Math.max(...residuals)
  return departures.find((_, i) => (residuals[i] as number) >= most * TIE)
}

function adjustedResidual({ units, expected }: Excess, all: number): number {
  return Math.abs(units - expected) / Math.sqrt(expected * (1 - expected / all))
}

/** B has 12 % more units than it should (1,120 where 1,000 were due; p = 3e−9). */
export function excessInWords(
  { variant, units, expected }: Excess,
  pValue: number,
  measure = 'than it should',
): string {
  const p = pInWords(pValue)
  if (expected === 0) return `${variant} has ${count(units)} units where none were due (${p})`
  const share = units / expected - 1
  return `${variant} has ${percent(Math.abs(share))} ${share > 0 ? 'more' : 'fewer'} units ${measure} (${count(units)} where ${count(expected)} were due; ${p})`
}

/** Where, and by how much, the shares depart most from those overall. */
export interface StratumExcess {
  /** `on 2026-03-04`, `where country is CH`. */
  readonly where: string
  readonly excess: Excess
  readonly pValue: number
}

/** Undefined where no stratum departs. */
export function worstStratum(
  { name, worst }: StratumCheck,
  totals: Counts,
  control: string,
): StratumExcess | undefined {
  const [stratum] = worst
  if (!stratum) return undefined
  const all = sum(totals)
  const size = sum(stratum.counts)
  const expected = Object.fromEntries(
    Object.entries(totals).map(([variant, units]) => [variant, (units / all) * size]),
  )
  const excess = largestExcess(stratum.counts, expected, control)
  const where = name === 'day' ? `on ${stratum.stratum}` : `where ${name} is ${stratum.stratum}`
  return excess && { where, excess, pValue: stratum.pValue }
}

/** On 2026-03-04 B has 12 % more units than by its share overall (112 where 100 were due; p = 0.0003). */
export function stratumInWords({ where, excess, pValue }: StratumExcess): string {
  return `${where} ${excessInWords(excess, pValue, 'than by its share overall')}`
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, units) => total + units, 0)
}
