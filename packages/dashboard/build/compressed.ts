import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /\.(?:js|css|html|svg|json)$/
/** Below this a header costs more than compression saves. */
const SMALLEST_BYTES = 512

/**
 * Puts a `.br` and a `.gz` beside each text file, so that the server never compresses while it answers.
 * From the files as they were written: until then other plugins still put things in.
 */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const { fileName } of Object.values(bundle)) {
        if (dir !== undefined && COMPRESSIBLE.test(fileName)) compress(path.join(dir, fileName))
      }
    },
  }
}

function compress(file: string): void {
  const source = readFileSync(file)
  if (source.length < SMALLEST_BYTES) return
  writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }))
  writeFileSync(`${file}.br`, brotli(source))
}

function brotli(source: Buffer): Buffer {
  return brotliCompressSync(source, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: source.length,
    },
  })
}
