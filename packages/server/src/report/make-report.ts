import type { Helios } from '@helios/engine'
import { VERSION } from '../version.ts'
import { buildReport } from './build-report.ts'
import { type ReportFormat, renderReport } from './formats.ts'
import { readSource } from './source.ts'

/** What an experiment found, written for people. Throws HEL_EXPERIMENT_NOT_FOUND. */
export async function makeReport(helios: Helios, key: string, format: ReportFormat): Promise<string> {
  const source = await readSource(helios, key, { at: Date.now(), release: VERSION })
  return renderReport(buildReport(source), format)
}
