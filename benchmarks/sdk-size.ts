/**
 * Claim: the client core is at most 8 KiB, minified and gzipped.
 *
 * Each part is bundled as an application would bundle it that uses nothing else, by rolldown, and compressed
 * with gzip -9. What a part adds is the difference to the bundle without it.
 *
 *     node benchmarks/sdk-size.ts [--json]
 */
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const LIMIT_BYTES = 8 * 1024
const SOURCES = path.resolve(import.meta.dirname, '../packages/sdk/src')
const ENTRY = 'entry'

interface Size {
  readonly minified: number
  readonly gzipped: number
}

/** Size of a program that holds these exports, and what they need. */
async function sizeOf(...exports: readonly string[]): Promise<Size> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? path.join(SOURCES, `${ENTRY}.ts`) : null),
        load: (id) => (id.endsWith(`${ENTRY}.ts`) ? exports.join('\n') : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  const [{ code }] = output
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length }
}

const EVALUATOR = `export { compileExperiment, decide } from './evaluate.ts'`
const CLIENT = `export { createClient } from './client/client.ts'`
const UUID = `export { uuidv7 } from './uuid.ts'`

const evaluator = await sizeOf(EVALUATOR)
const withIds = await sizeOf(EVALUATOR, UUID)
const core = await sizeOf(CLIENT)
const openFeature = await sizeOf(CLIENT, `export { HeliosWebProvider } from './open-feature/index.ts'`)
const fileStorage = await sizeOf(CLIENT, `export { fileStorage } from './client/file-storage.ts'`)

const added = (whole: Size, part: Size): Size => ({
  minified: whole.minified - part.minified,
  gzipped: whole.gzipped - part.gzipped,
})
const parts: Readonly<Record<string, Size>> = {
  'local decisions': evaluator,
  'event ids': added(withIds, evaluator),
  'the client itself': added(core, withIds),
  'client core, together': core,
  '+ OpenFeature provider': added(openFeature, core),
  '+ file storage (Node)': added(fileStorage, core),
}
const holds = core.gzipped <= LIMIT_BYTES

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ parts, limitBytes: LIMIT_BYTES, holds }))
} else {
  console.log(`${'part'.padEnd(28)}${'minified'.padStart(10)}${'gzipped'.padStart(10)}`)
  for (const [name, { minified, gzipped }] of Object.entries(parts)) {
    console.log(`${name.padEnd(28)}${String(minified).padStart(10)}${String(gzipped).padStart(10)}`)
  }
  const verdict = holds ? 'holds' : `is missed by ${core.gzipped - LIMIT_BYTES} bytes`
  console.log(`\nClaimed: at most ${LIMIT_BYTES} bytes gzipped for the core; that ${verdict}.`)
}
process.exitCode = holds ? 0 : 1
