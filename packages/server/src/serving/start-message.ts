import { resolve } from 'node:path'
import colours from 'picocolors'
import { firstCalls } from '../first-calls.ts'
import { plural } from '../formatting.ts'
import { LOGIN_LINK_MINUTES } from '../sessions/login-links.ts'
import { MEMORY_PATH, storeBytes } from '../store-file.ts'
import { VERSION } from '../version.ts'
import type { Serving } from './serve.ts'
import type { ServeSettings } from './settings.ts'

const { bold, cyan, dim, green, yellow } = colours

/**
 * What a person at a terminal reads when the server has started.
 *
 * @param notes lines on what else it does; with them there is no room for the first calls
 */
export function startMessage(
  serving: Serving,
  { path }: ServeSettings,
  notes: readonly string[] = [],
): string {
  const { url, helios, firstKey, hasDashboard } = serving
  const lines = ['', `  ${yellow('☀')}  ${bold('Helios')} ${dim(VERSION)} ${green('is running')}`, '']
  lines.push(...dashboardLines(serving))
  lines.push(entry('Address', cyan(url)), entry('Store', `${describeStore(path)}${dim(contents(helios))}`))
  if (firstKey.kind === 'given') lines.push(entry('Admin key', 'the one in HELIOS_ADMIN_KEY'))
  if (firstKey.kind === 'written')
    lines.push(entry('Admin key', `in ${firstKey.file}${dim(', which only you can read')}`))
  if (firstKey.kind === 'shown') {
    lines.push(...keyLines(firstKey.secret))
    lines.push(
      ...(hasDashboard || notes.length > 0
        ? [entry('API', `${cyan(`${url}/start`)}${dim('  the first calls, to paste')}`)]
        : callLines(url, firstKey.secret)),
    )
  }
  lines.push(...notes, '', dim('  Ctrl-C stops it; nothing that was acknowledged is lost.'), '')
  return `${lines.join('\n')}\n`
}

function dashboardLines({ hasDashboard, loginUrl }: Serving): string[] {
  if (!hasDashboard) return [entry('Dashboard', `not built; ${bold('npm run build')} makes it`)]
  if (loginUrl === undefined)
    return [entry('Dashboard', `${bold('helios login')} prints a link that signs you in`)]
  return [
    `  ${bold('Open the dashboard:')}`,
    `  ${cyan(loginUrl)}`,
    dim(`  Signs you in, once, within ${LOGIN_LINK_MINUTES} minutes. "helios login" prints another.`),
    '',
  ]
}

function entry(name: string, value: string): string {
  return `  ${dim(name.padEnd(11))}${value}`
}

function describeStore(path: string): string {
  return path === MEMORY_PATH ? 'in memory, forgotten at the end' : resolve(path)
}

function contents(helios: Serving['helios']): string {
  const { position, experiments } = helios.status()
  return position + experiments === 0
    ? ''
    : `  ${plural(experiments, 'experiment')}, ${plural(position, 'event')}`
}

function keyLines(secret: string): string[] {
  return [
    entry('Admin key', bold(secret)),
    entry('', dim('Shown this once. Keep it where you keep passwords.')),
  ]
}

function callLines(url: string, secret: string): string[] {
  const blocks = firstCalls(url, 110).map(
    ({ title, command }) => `\n  ${dim(`# ${title}`)}\n${indent(command)}`,
  )
  return [
    '',
    `  ${bold('Paste these into another terminal')}`,
    '',
    `  export HELIOS_KEY=${secret}`,
    ...blocks,
  ]
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

/** The same for programs, in one line. */
export function startReport({ url, firstKey, loginUrl }: Serving, { path }: ServeSettings): string {
  const key = firstKey.kind === 'shown' ? { adminKey: firstKey.secret } : {}
  const keyFile = firstKey.kind === 'written' ? { adminKeyFile: firstKey.file } : {}
  const store = path === MEMORY_PATH ? path : resolve(path)
  const login = loginUrl === undefined ? {} : { loginUrl }
  const report = { url, version: VERSION, store, bytes: storeBytes(path), ...login, ...key, ...keyFile }
  return `${JSON.stringify(report)}\n`
}
