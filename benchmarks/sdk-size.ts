/**
 * Claim: the client core is at most 8 KiB, minified and gzipped.
 *
 * The core is all that a page must load in order to decide, to expose and to send. What the client loads by
 * itself once it is at work, in a chunk of its own, is listed as `background`, and the sum of both.
 *
 * Each part is bundled as an application would bundle it that uses nothing else, by rolldown, without the
 * comments that only bundlers read, and compressed with gzip -9. What a part adds is the difference to the
 * bundle without it. Not counted is what a build tool brings along itself for every application that loads
 * anything late, such as the 0.7 kB with which Vite preloads chunks.
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

interface Program {
  /** What is loaded at once. */
  readonly core: Size
  /** What is loaded later. */
  readonly late: Size
}

/** Sizes of a program that holds these exports, and what they need. */
async function sizeOf(...exports: readonly string[]): Promise<Program> {
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
  const { output } = await bundle.generate({ format: 'esm', minify: true, comments: false })
  await bundle.close()
  const chunks = new Map(output.filter((file) => file.type === 'chunk').map((file) => [file.fileName, file]))
  const atOnce = new Set([...chunks.keys()].filter((name) => chunks.get(name)?.isEntry))
  // A set that grows is iterated to its new end.
  for (const name of atOnce) for (const needed of chunks.get(name)?.imports ?? []) atOnce.add(needed)
  const files = [...chunks.values()]
  return {
    core: total(files.filter(({ fileName }) => atOnce.has(fileName))),
    late: total(files.filter(({ fileName }) => !atOnce.has(fileName))),
  }
}

/** Each file is compressed by itself, as servers do. */
function total(files: readonly { readonly code: string }[]): Size {
  const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0)
  return {
    minified: sum(files.map(({ code }) => Buffer.byteLength(code))),
    gzipped: sum(files.map(({ code }) => gzipSync(code, { level: 9 }).length)),
  }
}

const EVALUATOR = `export { compileExperiment, decide } from './evaluate.ts'`
const CLIENT = `export { createClient } from './client/client.ts'`
const UUID = `export { uuidv7 } from './uuid.ts'`

const { core: evaluator } = await sizeOf(EVALUATOR)
const { core: withIds } = await sizeOf(EVALUATOR, UUID)
const { core, late } = await sizeOf(CLIENT)
const openFeature = await sizeOf(CLIENT, `export { HeliosWebProvider } from './open-feature/index.ts'`)
const fileStorage = await sizeOf(CLIENT, `export { fileStorage } from './client/file-storage.ts'`)

const plus = (a: Size, b: Size, sign = 1): Size => ({
  minified: a.minified + sign * b.minified,
  gzipped: a.gzipped + sign * b.gzipped,
})
const added = (whole: Size, part: Size): Size => plus(whole, part, -1)
const parts: Readonly<Record<string, Size>> = {
  'local decisions': evaluator,
  'event ids': added(withIds, evaluator),
  'the client itself': added(core, withIds),
  'client core, together': core,
  'background, loaded later': late,
  'core and background': plus(core, late),
  '+ OpenFeature provider': added(openFeature.core, core),
  '+ file storage (Node)': added(fileStorage.core, core),
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
