import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** What a root user of Debian or Ubuntu has. */
const APT = '/usr/bin/apt-get'

export const HOW_TO_ENABLE =
  'Install Chromium (Debian: apt-get install chromium) or name one in HELIOS_CHROMIUM, then run again.'

/** Path of a Chromium on this machine; undefined when there is none. */
export function findChromium(): string | undefined {
  return [process.env['HELIOS_CHROMIUM'] ?? '', ...PLACES].find(isExecutable)
}

/** Installs Chromium where that takes nothing but the system's own packages and the right to install them. */
export function installChromium(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync(APT)) return undefined
  process.stdout.write('Installing Chromium for the browser tests (apt-get install chromium) …\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args: string[]) => spawnSync(APT, args, { env, encoding: 'utf8' })
  const update = run('update', '-qq')
  const install = run('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')
  const chromium = findChromium()
  if (chromium === undefined) process.stderr.write(`${update.stderr}${install.stderr}\n`)
  return chromium
}

function isExecutable(path: string): boolean {
  if (path === '') return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
