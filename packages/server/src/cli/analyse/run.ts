import { HeliosError } from '@helios/engine'
import { analyseFile, type FileAnalysis, sizeOf } from './analyse-file.ts'
import type { AnalyseOptions } from './options.ts'
import { planFrom } from './plan.ts'
import { Progress, type ProgressTerminal } from './progress.ts'
import { renderAnalysis } from './render-analysis.ts'
import { renderExperiments } from './render-experiments.ts'
import { renderFactorial } from './render-factorial.ts'
import { type Style, styleFor } from './style.ts'

export interface CommandOutput {
  readonly stdout: ProgressTerminal
  readonly stderr: ProgressTerminal
}

const ANSWERED = 0
const REFUSED = 1
const BAD_USE = 2

/** Runs the command; answers its exit code. Nothing but the answer goes to stdout. */
export async function runAnalyse(
  file: string,
  options: AnalyseOptions,
  output: CommandOutput = process,
  style: Style = styleFor(output.stdout.columns),
): Promise<number> {
  try {
    const analysis = await analyse(file, options, output.stderr)
    output.stdout.write(options.json ? asJson(analysis) : asText(analysis, style))
    return isRefused(analysis) && !options.force ? REFUSED : ANSWERED
  } catch (error) {
    if (!(error instanceof HeliosError)) throw error
    const { code, message } = error
    const said = options.json
      ? JSON.stringify({ error: { code, message } })
      : `${style.colours.red('helios:')} ${message}`
    output.stderr.write(`${said}\n`)
    return BAD_USE
  }
}

async function analyse(
  file: string,
  options: AnalyseOptions,
  stderr: ProgressTerminal,
): Promise<FileAnalysis> {
  const { question, settings } = planFrom(options)
  const progress = new Progress(stderr, await sizeOf(file))
  try {
    return await analyseFile(file, question, settings, (at) => progress.update(at))
  } finally {
    progress.erase()
  }
}

function isRefused(analysis: FileAnalysis): boolean {
  if ('factorial' in analysis) return analysis.factorial.status === 'refused'
  if (!('experiments' in analysis)) return analysis.status === 'refused'
  const { analysed, refused } = analysis.summary
  return analysed > 0 && refused === analysed
}

/** One experiment for people to read as well; many, one to a line, for other programs. */
function asJson(analysis: FileAnalysis): string {
  if (!('experiments' in analysis)) return `${JSON.stringify(analysis, undefined, 2)}\n`
  const { file, rows, procedure, experiments, summary } = analysis
  const lines = experiments.map((experiment) => JSON.stringify(experiment)).join(',\n')
  return `{"file":${JSON.stringify(file)},"rows":${rows},"procedure":${JSON.stringify(procedure ?? null)},"experiments":[\n${lines}\n],"summary":${JSON.stringify(summary)}}\n`
}

function asText(analysis: FileAnalysis, style: Style): string {
  if ('factorial' in analysis) return renderFactorial(analysis, style)
  return 'experiments' in analysis
    ? renderExperiments(analysis, analysis, style)
    : renderAnalysis(analysis, analysis, style)
}
