import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'

const LAUNCHER = path.resolve(import.meta.dirname, '../packages/server/bin/helios.cjs')

/** Runs the `helios` command line to its end. */
export async function helios(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout, stderr }
}

/** A real `helios serve` process on loopback. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Sends a signal and waits for the end; the exit code, or null when the signal ended it. */
  stop(signal: NodeJS.Signals): Promise<number | null>
}

export async function startServer(store: string, port: number): Promise<ServerProcess> {
  const args = [LAUNCHER, 'serve', '--path', store, '--port', String(port), '--host', '127.0.0.1']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, child, () => complaints)
  return {
    url,
    pid: child.pid as number,
    stop: async (signal) => {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

async function untilReady(url: string, child: ChildProcess, complaints: () => string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${complaints()}`)
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill('SIGKILL')
  throw new Error(`The server was not ready after 30 s: ${complaints()}`)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
