/**
 * Builds the pages into `dist`, unless they are newer than everything they are made from.
 * Without the tools (an installation without development packages) it says so and leaves things as they are.
 */
import { existsSync, globSync, statSync } from 'node:fs'
import path from 'node:path'

const HERE = path.resolve(import.meta.dirname, '..')
const BUILT = path.join(HERE, 'dist/index.html')
const SOURCES = [
  '{src,build}/**/*',
  '*.{html,json,ts}',
  '../charts/{src/**/*,package.json}',
  '../sdk/{src/**/*,package.json}',
]

/** Whether `dist` is missing, or older than a source. */
export function isStale(): boolean {
  const builtAt = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs
  if (builtAt === undefined) return true
  return globSync(SOURCES, { cwd: HERE }).some((file) => {
    const stat = statSync(path.join(HERE, file), { throwIfNoEntry: false })
    return stat?.isFile() === true && stat.mtimeMs > builtAt && !/\.test\.tsx?$/.test(file)
  })
}

/** Builds; false when the tools are not installed. */
export async function buildPages(): Promise<boolean> {
  const vite = await import('vite').catch(() => undefined)
  if (vite === undefined) return false
  // Whatever the caller is for: test runners set another, and React would be built with its checks.
  process.env['NODE_ENV'] = 'production'
  await vite.build({ root: HERE, logLevel: 'warn', mode: 'production' })
  return true
}

if (import.meta.main && (!process.argv.includes('--if-stale') || isStale()) && !(await buildPages())) {
  const state = existsSync(BUILT) ? 'the pages stay as they are' : 'the server will do without its pages'
  process.stdout.write(`The tools that build the dashboard are not installed: ${state}.\n`)
}
