import { HeliosError } from '@helios/engine'
import { CommanderError } from 'commander'
import colours from 'picocolors'
import { RefusedError } from './api.ts'
import { createProgram } from './program.ts'

const BAD_USE = 2
const ANSWER_IS_NO = 1

const args = process.argv.slice(2)
const program = await createProgram(args)
try {
  await program.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = report(error)
}

/** Says what went wrong in one sentence, and answers with the exit code. */
function report(error: unknown): number {
  // Commander has printed its own, help and version included.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USE
  if (error instanceof RefusedError) return say(`${error.message} (${error.code})`, ANSWER_IS_NO)
  if (error instanceof HeliosError) return say(error.message, BAD_USE)
  return say(error instanceof Error ? (error.stack ?? error.message) : String(error), BAD_USE)
}

function say(text: string, code: number): number {
  process.stderr.write(`${colours.red('helios:')} ${text}\n`)
  return code
}
