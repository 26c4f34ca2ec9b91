import type { Command } from 'commander'
import { FASTEST_SPEED, SLOWEST_SPEED } from '../demo/control.ts'
import {
  DEFAULT_SEED,
  DEFAULT_SPEED,
  DEMO_PATH,
  type DemoFlags,
  type DemoSettings,
  demoSettings,
} from '../demo/settings.ts'
import { readEnvironment } from '../environment.ts'
import { DEFAULTS } from '../serving/settings.ts'
import { runServe } from './serve.ts'

const EXAMPLES = `
Six experiments with simulated visitors, in a store of their own: six days of
history within seconds, then live traffic. What is true of the visitors stands in
docs/guide/demo.md, so that you can check what Helios finds.

Examples:
  $ helios demo
  $ helios demo --speed 20
  $ helios demo --path :memory: --port 0 --json
  $ helios demo --empty        a clean start: helios serve, without the demo

Environment: as for helios serve, but for HELIOS_PATH and HELIOS_LATENESS_DAYS, which
count with --empty only.`

/** Adds `helios demo`: a server with simulated traffic. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('Start the server with simulated traffic, to look around')
    .option('--path <file>', `store file, or :memory: (default: ${DEMO_PATH}, with --empty ${DEFAULTS.path})`)
    .option('--port <number>', `port, 0 for any free one (default: ${DEFAULTS.port})`)
    .option('--host <address>', `address to listen on (default: ${DEFAULTS.host}, this machine only)`)
    .option(
      '--speed <number>',
      `${SLOWEST_SPEED} (pause) to ${FASTEST_SPEED} visitors a second (default: ${DEFAULT_SPEED})`,
    )
    .option('--seed <number>', `the same seed brings the same visitors (default: ${DEFAULT_SEED})`)
    .option('--empty', 'start clean: no demo experiments, no traffic')
    .option(
      '--log-level <level>',
      `silent, fatal, error, warn, info, debug or trace (default: ${DEFAULTS.logLevel})`,
    )
    .option('--json', 'print one JSON line when ready')
    .addHelpText('after', EXAMPLES)
    .action(runDemo)
}

async function runDemo(flags: DemoFlags): Promise<void> {
  const { serve: settings, traffic } = demoSettings(flags, readEnvironment())
  if (traffic) await runSimulation(settings, traffic)
  else await runServe(settings)
}

async function runSimulation(
  settings: DemoSettings['serve'],
  traffic: NonNullable<DemoSettings['traffic']>,
): Promise<void> {
  const { serve } = await import('../serving/serve.ts')
  const { stopOnSignals } = await import('../serving/shutdown.ts')
  const { Simulation } = await import('../demo/simulation.ts')
  const { demoMessage, demoReport } = await import('../demo/messages.ts')
  const { HistoryProgress } = await import('../demo/progress.ts')
  const simulation = new Simulation(traffic)
  const serving = await serve(settings, process.stdout.isTTY ?? false, {
    clock: simulation.clock,
    demo: simulation,
  })
  stopOnSignals(serving)
  const { logger, url } = serving
  logger.info({ url }, 'listening')
  const status = simulation.status()
  process.stdout.write(
    settings.json ? demoReport(serving, settings, status) : demoMessage(serving, settings, status),
  )
  const progress = new HistoryProgress(settings.json ? { write: () => {} } : process.stdout)
  simulation.start(serving, {
    onProgress: (share) => progress.update(share, status.history.days),
    onHistoryEnd: (isComplete) =>
      isComplete ? progress.end(simulation.status().eventsSent) : progress.erase(),
    onFailure: (error) => logger.error({ err: error }, 'the simulated traffic ended; the server goes on'),
  })
}
