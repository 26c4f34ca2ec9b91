import type { TestProject } from 'vitest/node'
import { buildPages, isStale } from '../../packages/dashboard/build/build.ts'
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
  if (isStale()) await buildPages()
  return () => {
    if (chromium !== '') return
    process.stderr.write(`\nLEFT OUT: everything in tests/browser, for want of a browser. ${HOW_TO_ENABLE}\n`)
  }
}
