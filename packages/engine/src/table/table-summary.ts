import { HeliosError } from '../errors.ts'
import { type Column, isMissing, numberAt, refuseCell } from './cell.ts'
import { bindCondition, type RowTest } from './condition.ts'
import type { CsvRow } from './csv-row.ts'
import { type Cohort, ExperimentTally } from './experiment-tally.ts'
import { type Header, readHeader } from './header.ts'
import { KeptRowSink } from './kept-rows.ts'
import { type MetricTotals, totalsFor } from './metric-totals.ts'
import { NameIndex } from './name-index.ts'
import { bindMetric, type RowMetric } from './row-metric.ts'
import { rowsWithoutExperiment } from './skipped-rows.ts'
import { type StratumReader, stratumReaders } from './stratum-reader.ts'
import type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
import type { TableQuestion } from './table-question.ts'
import { UnitFacts } from './unit-facts.ts'
import { type KeptUnits, NamedUnitSink, RowSink, type UnitSink } from './unit-sinks.ts'
import { gatherUnits } from './unit-values.ts'

/** A question with the places of its columns. */
interface Plan {
  readonly header: Header
  readonly variant: number
  readonly experiment: number | undefined
  readonly units: Column | undefined
  readonly tests: readonly RowTest[]
  readonly metrics: readonly RowMetric[]
  readonly totals: readonly MetricTotals[]
  readonly strata: readonly StratumReader[]
  readonly sink: UnitSink
  readonly kept?: { readonly units: KeptUnits; readonly facts: UnitFacts }
}

/** Takes the rows of a table, the header first, and keeps the sums that answer the question. */
export class TableSummary {
  rows = 0
  readonly #question: TableQuestion
  #plan: Plan | undefined
  #rowsKept = 0
  #rowsWithoutExperiment = 0
  readonly #experimentNames = new NameIndex()
  readonly #variantNames = new NameIndex()
  readonly #tallies: ExperimentTally[] = []
  readonly #tallyById: ExperimentTally[] = []
  readonly #cohorts: Cohort[] = []

  constructor(question: TableQuestion) {
    this.#question = question
  }

  take(row: CsvRow): void {
    if (this.#plan) this.#takeData(row, this.#plan)
    else this.#plan = plan(this.#question, readHeader(row))
  }

  finish(): SummarisedTable {
    const found = this.#plan
    if (!found) refuse('it is empty')
    if (this.rows === 0) refuse('it has a header and no rows')
    if (this.#rowsKept === 0) refuse(`none of its ${this.rows} rows meets the conditions`)
    if (this.#cohorts.length === 0) refuse(`no row has a variant in column ${this.#question.variant}`)
    found.sink.finish(this.#cohorts)
    return {
      rows: this.rows,
      experiments: this.#tallies.map((tally) => this.#summarise(tally, found)),
      findings: rowsWithoutExperiment(this.#rowsWithoutExperiment),
    }
  }

  #takeData(row: CsvRow, { header, tests, strata, sink, units, kept }: Plan): void {
    this.rows++
    if (row.count !== header.names.length) refuseRagged(row, header)
    for (let i = 0; i < tests.length; i++) if (!(tests[i] as RowTest)(row)) return
    this.#rowsKept++
    const cohort = this.#cohortOf(row)
    if (!cohort) return
    const standsFor = units ? unitsAt(row, units) : 1
    if (Number.isNaN(standsFor)) {
      cohort.tally.rowsWithoutUnits++
      return
    }
    const counted = sink.take(row, cohort, standsFor)
    if (counted === 0) return
    kept?.facts.add(row)
    cohort.tally.countUnits(cohort, counted)
    for (let i = 0; i < strata.length; i++) {
      const reader = strata[i] as StratumReader
      if (reader.active) cohort.tally.countStratum(i, reader.at(row), cohort, counted)
    }
  }

  #cohortOf(row: CsvRow): Cohort | undefined {
    const { variant } = this.#plan as Plan
    const tally = this.#tallyOf(row)
    if (!tally) return undefined
    const nameId = this.#variantNames.at(row, variant)
    const known = tally.cohort(nameId)
    if (known) return known
    const name = this.#variantNames.names[nameId] as string
    if (isMissing(name) && name !== this.#question.control) {
      tally.rowsWithoutVariant++
      return undefined
    }
    const cohort = tally.addCohort(nameId, name, this.#cohorts.length, row.line)
    this.#cohorts.push(cohort)
    return cohort
  }

  #tallyOf(row: CsvRow): ExperimentTally | undefined {
    const { experiment } = this.#plan as Plan
    if (experiment === undefined) return this.#tallies[0] ?? this.#addTally('')
    const id = this.#experimentNames.at(row, experiment)
    const name = this.#experimentNames.names[id] as string
    if (isMissing(name)) {
      this.#rowsWithoutExperiment++
      return undefined
    }
    return this.#tallyById[id] ?? this.#addTally(name, id)
  }

  #addTally(name: string, id = 0): ExperimentTally {
    const { metrics, strata } = this.#plan as Plan
    const tally = new ExperimentTally(name, id, metrics.length, strata.length)
    this.#tallyById[id] = tally
    this.#tallies.push(tally)
    return tally
  }

  #summarise(tally: ExperimentTally, { metrics, totals, strata, kept }: Plan): SummarisedExperiment {
    const ordered = tally.ordered(this.#question.control)
    return {
      name: tally.name,
      variants: ordered.map(({ variant }) => variant),
      counts: ordered.map(({ index }) => tally.counts[index] as number),
      crossoverUnits: tally.crossoverUnits,
      stratifications: tally.stratifications(strata, ordered),
      metrics: metrics.map(({ metric }, i) => ({
        metric: { key: metric.name, kind: metric.kind, direction: 'increase' },
        role: 'primary',
        summaries: ordered.map(({ group }) => (totals[i] as MetricTotals).summary(group)),
      })),
      findings: tally.findings(metrics.map(({ metric }) => metric.name)),
      ...(kept ? { units: gatherUnits(kept.units, kept.facts, metrics, ordered) } : {}),
    }
  }
}

function plan(question: TableQuestion, header: Header): Plan {
  const variant = header.find(question.variant)
  const metrics = question.metrics.map((metric) => bindMetric(metric, header))
  const measured = { metrics, totals: metrics.map(totalsFor) }
  const { experiment, unit, units } = question
  const named =
    unit === undefined ? undefined : new NamedUnitSink(measured, header.find(unit), experiment !== undefined)
  const rows = question.keepUnits && !named ? new KeptRowSink(measured) : undefined
  const source = named ?? rows
  return {
    header,
    variant,
    experiment: experiment === undefined ? undefined : header.find(experiment),
    units: units === undefined ? undefined : { name: units, place: header.find(units) },
    tests: (question.where ?? []).map((condition) => bindCondition(condition, header)),
    ...measured,
    strata: stratumReaders(question.strata ?? [], header),
    sink: source ?? new RowSink(measured),
    ...(question.keepUnits && source
      ? { kept: { units: source, facts: new UnitFacts(question, header) } }
      : {}),
  }
}

/** The number of units for which a row stands; NaN where it is missing. */
function unitsAt(row: CsvRow, column: Column): number {
  const units = numberAt(row, column, 'numbers')
  if (units < 0 || !(Number.isInteger(units) || Number.isNaN(units))) {
    refuseCell(row, column, row.text(column.place), 'not a number of units')
  }
  return units
}

function refuseRagged({ line, count }: CsvRow, { names }: Header): never {
  refuse(`line ${line} has ${count} ${count === 1 ? 'cell' : 'cells'}, but there are ${names.length} columns`)
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
