import { open, stat } from 'node:fs/promises'
import {
  type Analysis,
  type AnalysisMethod,
  analyseExperiments,
  analyseFactors,
  analyseTable,
  DEFAULT_ESTIMATORS,
  DEFAULT_POSTERIORS,
  type EffectSizesByMetric,
  type ExperimentsAnalysis,
  effectSizesOf,
  FACTORIAL_SOURCE,
  type FactorialAnalysis,
  HeliosError,
  readTable,
  type SummarisedExperiment,
  segmentsOfTable,
  sourceOf,
  type TableAnalysisSettings,
  type TableProgress,
  type TableQuestion,
  type TableSegments,
  type TableUplift,
  unitComparisonOf,
  upliftOfTable,
} from '@helios/engine'
import type { FileSettings } from './plan.ts'

const CHUNK_BYTES = 2 ** 18

/** Name, title and sources of a method. */
export interface Procedure {
  readonly name: string
  readonly title: string
  readonly source: string
}

interface FileHead {
  readonly file: string
  readonly rows: number
  readonly procedure?: Procedure
}

/** One experiment, with what was asked for besides. */
export interface ExperimentFileAnalysis extends FileHead, Analysis {
  /** Whether what was asked for is the posterior of each metric. */
  readonly isBayesian?: true
  readonly effectSizes?: EffectSizesByMetric
  readonly segments?: readonly TableSegments[]
  readonly uplift?: readonly TableUplift[]
}

export interface FactorialFileAnalysis extends FileHead {
  readonly factorial: FactorialAnalysis
}

/** Answer of `helios analyse --json`: about one experiment, about several factors at once, or about each of many. */
export type FileAnalysis = ExperimentFileAnalysis | FactorialFileAnalysis | (FileHead & ExperimentsAnalysis)

/** Size of a file. Throws HEL_FILE_INVALID where there is none that can be read. */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => refuseFile(file, error))
  if (found.isDirectory()) refuse(`${file} is a folder`)
  return found.size
}

/** Reads and analyses a CSV file. Throws HEL_FILE_INVALID and HEL_USAGE. */
export async function analyseFile(
  file: string,
  question: TableQuestion,
  settings: FileSettings,
  onProgress?: (progress: TableProgress) => void,
): Promise<FileAnalysis> {
  const table = await readTable(bytesOf(file), question, onProgress)
  const { alpha, evenIfMisleading } = settings
  const head = { file, rows: table.rows }
  const [experiment] = table.experiments
  if (settings.factors && experiment) {
    const { names, baselines } = settings.factors
    const asked = { factors: names, baselines, metrics: question.metrics, alpha, evenIfMisleading }
    return { ...head, procedure: FACTORIAL, factorial: analyseFactors(experiment, asked) }
  }
  const { method } = settings
  const full = { ...settings, estimators: DEFAULT_ESTIMATORS, posteriors: DEFAULT_POSTERIORS }
  const procedure = method ? { procedure: procedureOf(method, question) } : {}
  if (question.experiment !== undefined || !experiment)
    return { ...head, ...procedure, ...analyseExperiments(table, question, full) }
  const analysis = analyseTable(table, question, full)
  const isShown = analysis.status === 'ok' || evenIfMisleading
  return {
    ...head,
    ...procedure,
    ...analysis,
    ...(method?.isBayesian ? { isBayesian: true as const } : {}),
    ...(isShown ? besides(experiment, question, full) : {}),
  }
}

const FACTORIAL: Procedure = {
  name: 'factorial',
  title: 'analysis of variance (type II), main effects and interactions',
  source: FACTORIAL_SOURCE,
}

function procedureOf(method: AnalysisMethod, question: TableQuestion): Procedure {
  const isAdjusted = (question.covariates ?? []).length > 0 && method.needs === undefined
  const source = sourceOf(method, question)
  return {
    name: method.name,
    title: method.title,
    source: isAdjusted ? `${source}; covariates: ${COVARIATES_SOURCE}` : source,
  }
}

const COVARIATES_SOURCE = 'Deng, Xu, Kohavi & Walker 2013, doi:10.1145/2433396.2433413'

/** What was asked for besides the comparison of the variants. */
function besides(
  experiment: SummarisedExperiment,
  { control, metrics }: TableQuestion,
  settings: FileSettings & TableAnalysisSettings,
): Pick<ExperimentFileAnalysis, 'effectSizes' | 'segments' | 'uplift'> {
  const { alpha, seed = 1, shape = {}, uplift } = settings
  const comparison = unitComparisonOf(experiment.variants, control, settings)
  return {
    ...(settings.effectSizes
      ? { effectSizes: effectSizesOf(experiment, metrics, control, { alpha, shape }) }
      : {}),
    ...(settings.segments && comparison
      ? {
          segments: settings.segments.flatMap(({ name, label }) =>
            segmentsOfTable(experiment, { column: name, label }, metrics, comparison),
          ),
        }
      : {}),
    ...(uplift ? { uplift: upliftOfTable(experiment, { ...uplift, control, metrics, alpha, seed }) } : {}),
  }
}

/** One buffer is filled again and again: a stream would leave a megabyte to the collector for each it reads. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => refuseFile(file, error))
  try {
    const buffer = new Uint8Array(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function refuseFile(file: string, error: NodeJS.ErrnoException): never {
  if (error instanceof HeliosError) throw error
  if (error.code === 'ENOENT') refuse(`there is no file ${file}`)
  if (error.code === 'EACCES') refuse(`${file} may not be read by this user`)
  if (error.code === 'EISDIR') refuse(`${file} is a folder`)
  throw error
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
