import type { Stratification } from '../analyse.ts'
import type { Finding } from '../analysis.ts'
import { HeliosError } from '../errors.ts'
import { MAXIMUM_VARIANTS } from '../experiment.ts'
import { missingFindings } from './skipped-rows.ts'
import type { StratumReader } from './stratum-reader.ts'

/** Cochran's rule: below five expected units the chi-square distribution no longer describes the test. */
const FEWEST_EXPECTED = 5

/** One variant within one experiment. */
export interface Cohort {
  /** Number among the cohorts of all experiments: the group of its statistics. */
  readonly group: number
  /** Number among the variants of its experiment. */
  readonly index: number
  readonly variant: string
  readonly tally: ExperimentTally
}

/** What is counted about one experiment while its rows go by. */
export class ExperimentTally {
  readonly name: string
  /** Number of its name. */
  readonly id: number
  readonly cohorts: Cohort[] = []
  readonly counts: number[] = []
  /** Rows and, where units are named, units that lack a value of each metric. */
  readonly missingRows: number[]
  readonly missingUnits: number[]
  rowsWithoutVariant = 0
  rowsWithoutUnit = 0
  rowsWithoutUnits = 0
  crossoverUnits = 0
  readonly #cohortByName = new Map<number, Cohort>()
  /** For each stratification: stratum → units per variant. */
  readonly #strata: readonly Map<number, number[]>[]

  constructor(name: string, id: number, metrics: number, stratifications: number) {
    this.name = name
    this.id = id
    this.missingRows = new Array<number>(metrics).fill(0)
    this.missingUnits = new Array<number>(metrics).fill(0)
    this.#strata = Array.from({ length: stratifications }, () => new Map<number, number[]>())
  }

  cohort(nameId: number): Cohort | undefined {
    return this.#cohortByName.get(nameId)
  }

  addCohort(nameId: number, variant: string, group: number, line: number): Cohort {
    if (this.cohorts.length === MAXIMUM_VARIANTS) {
      const problem = `the variant on line ${line} is number ${MAXIMUM_VARIANTS + 1}; is that the right column?`
      throw new HeliosError('HEL_FILE_INVALID', { problem })
    }
    const cohort = { group, index: this.cohorts.length, variant, tally: this }
    this.cohorts.push(cohort)
    this.counts.push(0)
    this.#cohortByName.set(nameId, cohort)
    return cohort
  }

  countUnits(cohort: Cohort, units: number): void {
    this.counts[cohort.index] = (this.counts[cohort.index] as number) + units
  }

  countStratum(stratification: number, stratum: number, cohort: Cohort, units: number): void {
    const strata = this.#strata[stratification] as Map<number, number[]>
    const counts = strata.get(stratum)
    if (counts) counts[cohort.index] = (counts[cohort.index] ?? 0) + units
    else strata.set(stratum, zeroesBut(cohort.index, units))
  }

  /** Cohorts in the order of the analysis: the control first, the others by name. */
  ordered(control: string): readonly Cohort[] {
    return this.cohorts.toSorted((a, b) => {
      if (a.variant === control || b.variant === control) return a.variant === control ? -1 : 1
      return byName.compare(a.variant, b.variant)
    })
  }

  stratifications(readers: readonly StratumReader[], ordered: readonly Cohort[]): Stratification[] {
    return readers.flatMap((reader, place) => {
      if (!reader.active) return []
      const strata = [...(this.#strata[place] as Map<number, number[]>)].map(([stratum, counts]) => ({
        stratum: reader.labelOf(stratum),
        counts: ordered.map(({ index }) => counts[index] ?? 0),
      }))
      const large = this.#withoutSmall(strata, ordered)
      return large.length > 1 ? [{ name: reader.name, strata: large }] : []
    })
  }

  findings(metricNames: readonly string[]): Finding[] {
    return missingFindings(this, metricNames)
  }

  /** Puts strata that are too small for the test together into one. */
  #withoutSmall(strata: readonly Stratum[], ordered: readonly Cohort[]): readonly Stratum[] {
    const totals = ordered.map(({ index }) => this.counts[index] as number).filter((total) => total > 0)
    const smallest = Math.min(...totals) / sum(totals)
    const isSmall = ({ counts }: Stratum) => sum(counts) * smallest < FEWEST_EXPECTED
    const small = strata.filter(isSmall)
    if (small.length < 2) return strata
    const together = {
      stratum: `${small.length} small ones together`,
      counts: ordered.map((_, i) => sum(small.map(({ counts }) => counts[i] as number))),
    }
    return [...strata.filter((stratum) => !isSmall(stratum)), together]
  }
}

type Stratum = Stratification['strata'][number]

const byName = new Intl.Collator('en', { numeric: true })

function zeroesBut(index: number, units: number): number[] {
  const counts = new Array<number>(index + 1).fill(0)
  counts[index] = units
  return counts
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
