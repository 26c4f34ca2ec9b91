import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { findChromium, HOW_TO_ENABLE, installChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Chromium to run; empty when this machine has none. */
    chromium: string
  }
}

/** Brings what the browser tests need: a browser, and pages that are not older than their sources. */
export default async function setup(project: TestProject): Promise<() => void> {
  const chromium = findChromium() ?? installChromium() ?? ''
  if (chromium === '' && process.env['CI']) throw new Error(`There is no Chromium. ${HOW_TO_ENABLE}`)
  project.provide('chromium', chromium)
  buildPages()
  return () => {
    if (chromium !== '') return
    process.stderr.write(`\nLEFT OUT: everything in tests/browser, for want of a browser. ${HOW_TO_ENABLE}\n`)
  }
}

const BUILD = path.resolve(import.meta.dirname, '../../packages/dashboard/build/build.ts')

/** In a process of its own: in the environment of tests Vite builds something else than people get. */
function buildPages(): void {
  const { NODE_ENV: _mode, VITEST: _isTest, ...env } = process.env
  const built = spawnSync(process.execPath, [BUILD, '--if-stale'], { env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The pages could not be built.\n${built.stdout}${built.stderr}`)
}
