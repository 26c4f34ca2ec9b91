import type { Command } from 'commander'
import { readEnvironment } from '../environment.ts'
import { DEFAULTS, type ServeFlags, type ServeSettings, serveSettings } from '../serving/settings.ts'

const EXAMPLES = `
Examples:
  helios serve
  helios serve --path /var/lib/helios/helios.db --host 0.0.0.0 --port 8080
  helios serve --path :memory: --json

Environment: HELIOS_PATH, HELIOS_PORT, HELIOS_HOST, HELIOS_LOG_LEVEL, HELIOS_CORS_ORIGINS,
HELIOS_ADMIN_KEY, HELIOS_LATENESS_DAYS, HELIOS_GROUP_COMMIT_MILLISECONDS. Flags come first.`

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('Start the server on one store file')
    .option('--path <file>', `store file, or :memory: (default: ${DEFAULTS.path})`)
    .option('--port <number>', `port, 0 for any free one (default: ${DEFAULTS.port})`)
    .option('--host <address>', `address to listen on (default: ${DEFAULTS.host}, this machine only)`)
    .option(
      '--log-level <level>',
      `silent, fatal, error, warn, info, debug or trace (default: ${DEFAULTS.logLevel})`,
    )
    .option('--cors-origins <origins>', 'web origins whose pages may call the API, separated by commas')
    .option('--json', 'print one JSON line when ready')
    .addHelpText('after', EXAMPLES)
    .action((flags: ServeFlags) => runServe(serveSettings(flags, readEnvironment())))
}

/** Serves a store until a signal stops it. */
export async function runServe(settings: ServeSettings): Promise<void> {
  const { serve } = await import('../serving/serve.ts')
  const { startMessage, startReport } = await import('../serving/start-message.ts')
  const { stopOnSignals } = await import('../serving/shutdown.ts')
  const isTerminal = process.stdout.isTTY ?? false
  const serving = await serve(settings, isTerminal)
  stopOnSignals(serving)
  const { firstKey, logger, loginUrl, url } = serving
  logger.info({ url }, 'listening')
  if (loginUrl === undefined) logger.info('"helios login" prints a link that signs in to the dashboard')
  if (firstKey.kind === 'written')
    logger.info({ file: firstKey.file }, 'the admin key was written to this file')
  process.stdout.write(settings.json ? startReport(serving, settings) : startMessage(serving, settings))
}
