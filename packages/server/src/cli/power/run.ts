import { HeliosError, powerReport } from '@helios/engine'
import { problemInWords } from '../../power/problem-in-words.ts'
import { type Style, styleFor } from '../analyse/style.ts'
import { flagOf, type PowerOptions, questionFrom } from './options.ts'
import { renderPower } from './render-power.ts'

export interface PowerOutput {
  readonly stdout: { readonly columns?: number | undefined; write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

const ANSWERED = 0
const NONE_WOULD_DO = 1
const BAD_USE = 2

/** Questions that were understood, and whose answer is no. */
const NO = ['too-many-units', 'effect-not-reachable'] as const

/** Runs the command; answers its exit code. Nothing but the answer goes to stdout. */
export function runPower(
  options: PowerOptions,
  output: PowerOutput = process,
  style: Style = styleFor(output.stdout.columns),
): number {
  try {
    const question = questionFrom(options)
    const report = powerReport(question)
    if (report.status === 'refused') {
      const problem = problemInWords(report, question.metric.kind, flagOf)
      const isNo = NO.some((reason) => reason === report.reason)
      if (!isNo) throw new HeliosError('HEL_USAGE', { problem })
      output.stderr.write(said({ code: report.reason, message: `${problem}.` }, options, style))
      return NONE_WOULD_DO
    }
    output.stdout.write(
      options.json ? `${JSON.stringify(report, undefined, 2)}\n` : renderPower(question, report, style),
    )
    return ANSWERED
  } catch (error) {
    if (!(error instanceof HeliosError)) throw error
    output.stderr.write(said(error, options, style))
    return BAD_USE
  }
}

function said(
  { code, message }: { readonly code: string; readonly message: string },
  { json }: PowerOptions,
  style: Style,
): string {
  return json
    ? `${JSON.stringify({ error: { code, message } })}\n`
    : `${style.colours.red('helios:')} ${message}\n`
}
