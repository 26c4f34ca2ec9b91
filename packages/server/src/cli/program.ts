import { Command } from 'commander'
import { VERSION } from '../version.ts'

type Register = (program: Command) => void

/** Each command is loaded when it is wanted: analysing a file must not wait for a web server to load. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import('./serve.ts')).registerServe,
  login: async () => (await import('./login.ts')).registerLogin,
  demo: async () => (await import('./demo.ts')).registerDemo,
  keys: async () => (await import('./keys.ts')).registerKeys,
  analyse: async () => (await import('./analyse.ts')).registerAnalyse,
  report: async () => (await import('./report.ts')).registerReport,
  power: async () => (await import('./power.ts')).registerPower,
  doctor: async () => (await import('./doctor.ts')).registerDoctor,
}

const EXAMPLES = `
Examples:
  helios serve                       start the server on ./helios.db
  helios demo                        look around, with simulated traffic
  helios login                       print a link to the dashboard
  helios analyse results.csv         what does this file say?
  helios report KEY                  what did an experiment find? as one file
  helios power --baseline 10% --effect 5%   how large must the experiment be?
  helios <command> --help            more about one command`

/** The command line, with the command that these arguments name; with all of them for help and mistakes. */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('helios')
    .description('Decides, measures and adapts: a self-hosted experimentation engine.')
    .version(VERSION, '-v, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(helios --help shows what there is)')
    .exitOverride()
    .addHelpText('after', EXAMPLES)
  const wanted = args[0] !== undefined && Object.hasOwn(COMMANDS, args[0]) ? [args[0]] : Object.keys(COMMANDS)
  for (const name of wanted) (await COMMANDS[name]?.())?.(program)
  return program
}
