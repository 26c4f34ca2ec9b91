import type { Command } from 'commander'
import colours from 'picocolors'
import { readEnvironment } from '../environment.ts'
import { plural, size } from '../formatting.ts'
import { storeBytes } from '../store-file.ts'
import { print, printJson } from './output.ts'
import { requireStoreFile } from './store-argument.ts'

interface Flags {
  readonly path?: string
  readonly json?: boolean
}

interface Diagnosis {
  readonly sound: boolean
  readonly differences: readonly string[]
  readonly events: number
  readonly units: number
  readonly experiments: number
  readonly bytes: number
  readonly position: number
  readonly snapshotPosition: number
}

const EXAMPLES = `
Examples:
  helios doctor --path helios.db
  helios doctor --path helios.db --json

Exit: 0 the store is sound, 1 it is not, 2 it could not be examined.`

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Replay every event of a store and compare with its state (no server running)')
    .option('--path <file>', 'store file (default: HELIOS_PATH, else helios.db)')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(runDoctor)
}

async function runDoctor(flags: Flags): Promise<void> {
  const path = flags.path ?? readEnvironment().path ?? 'helios.db'
  requireStoreFile(path)
  const diagnosis = await diagnose(path)
  if (flags.json) printJson(diagnosis)
  else print(describe(path, diagnosis))
  process.exitCode = diagnosis.sound ? 0 : 1
}

async function diagnose(path: string): Promise<Diagnosis> {
  const { Helios } = await import('@helios/engine')
  const helios = await Helios.open({ path })
  try {
    // Taken first: opening restored the snapshot, and only what it covers is worth comparing.
    const { position, snapshotPosition, units, experiments } = helios.status()
    const { equal, differences, events } = await helios.verify()
    return {
      sound: equal,
      differences,
      events,
      units,
      experiments,
      bytes: storeBytes(path),
      position,
      snapshotPosition,
    }
  } finally {
    await helios.close()
  }
}

function describe(path: string, diagnosis: Diagnosis): string {
  const { sound, differences, events, units, experiments, bytes, position, snapshotPosition } = diagnosis
  const verdict = sound
    ? `${colours.green('✓')} ${path} is sound: ${plural(events, 'event')} replayed, and the state is the same bit by bit.`
    : `${colours.red('✗')} ${path}: a replay of ${plural(events, 'event')} gives another state. The log is the truth;\n  move the snapshot aside or restore a backup, and report this.`
  const facts = [
    ['Size', size(bytes)],
    ['Log', `position ${position.toLocaleString('en')}`],
    ['Snapshot', `position ${snapshotPosition.toLocaleString('en')}`],
    ['Holds', `${plural(experiments, 'experiment')}, ${plural(units, 'unit')}`],
  ]
  const lines = facts.map(([name, value]) => `  ${colours.dim(String(name).padEnd(10))}${value}`)
  return [verdict, ...differences.map((one) => `  - ${one}`), ...lines].join('\n')
}
