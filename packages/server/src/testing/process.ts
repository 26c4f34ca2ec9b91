import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const LAUNCHER = path.resolve(import.meta.dirname, '../../bin/helios.cjs')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A `helios` process; its environment holds nothing but what is given here. */
export interface HeliosProcess {
  readonly child: ChildProcess
  /** What it wrote so far. */
  readonly written: { stdout: string; stderr: string }
  readonly finished: Promise<Finished>
}

export function startHelios(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): HeliosProcess {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const written = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text
    })
  }
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }))
  return { child, written, finished }
}

/** Runs a command to its end. */
export function runHelios(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Finished> {
  return startHelios(args, env).finished
}

/** What `helios serve --json` says when it is ready. */
export interface Ready {
  readonly url: string
  readonly version: string
  readonly store: string
  readonly adminKey?: string
  readonly loginUrl?: string
}

export interface ServeProcess extends HeliosProcess {
  readonly ready: Ready
  /** Sends a signal, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Finished>
}

/** Starts a server on a free port of this machine, and waits until it is ready. */
export async function startServe(
  store: string,
  args: readonly string[] = [],
  env?: Readonly<Record<string, string>>,
): Promise<ServeProcess> {
  const helios = startHelios(['serve', '--path', store, '--port', '0', '--json', ...args], env)
  const { child, finished, written } = helios
  const line = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      if (written.stdout.includes('\n')) resolve(written.stdout)
    })
  })
  const first = await Promise.race([line, finished])
  if (typeof first !== 'string') throw new Error(`helios serve ended with ${first.code}: ${first.stderr}`)
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> => {
    child.kill(signal)
    return finished
  }
  return { ...helios, stop, ready: JSON.parse(first) as Ready }
}
