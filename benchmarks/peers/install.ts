import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Installs the peers from their lock file when they are missing, without running their scripts. */
export function installPeers(): void {
  if (existsSync(new URL('node_modules', import.meta.url))) return
  console.error(`Installing the libraries to compare with: npm ci --ignore-scripts in ${HERE}`)
  // Output goes to the error stream: the standard one belongs to the results.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: HERE,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The peers could not be installed')
}

export function peerVersions(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).dependencies
}

/**
 * Every library is to decide from local data. Refuses all connections from here on, and returns the count
 * of attempts, since a library may swallow the refusal.
 */
export function forbidNetwork(): () => number {
  let attempts = 0
  Socket.prototype.connect = () => {
    attempts++
    throw new Error('The benchmark allows no connections')
  }
  return () => attempts
}
