import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { digestTag } from '../etag.ts'

/** One file of the built pages, with the compressed forms that the build put beside it. */
export interface BuiltFile {
  readonly type: string
  /** Weak: it names the content, whichever way it was compressed. */
  readonly tag: string
  /** Its name has a hash of its content, so it never changes. */
  readonly isImmutable: boolean
  readonly plain: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/vnd.microsoft.icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const UNKNOWN_TYPE = 'application/octet-stream'
const COMPRESSED = /\.(?:br|gz)$/

/**
 * Every file of a folder by its path in the address, such as `/assets/index-B6Nl2RtP.js`. The list is fixed
 * when the server starts, so no address can lead out of the folder. Undefined when nothing was built there.
 */
export function readBuiltFiles(folder: string): ReadonlyMap<string, BuiltFile> | undefined {
  if (!existsSync(path.join(folder, 'index.html'))) return undefined
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && !COMPRESSED.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
  return new Map(names.map((name) => [addressOf(folder, name), builtFile(folder, name)]))
}

function addressOf(folder: string, name: string): string {
  return `/${path.relative(folder, name).replaceAll(path.sep, '/')}`
}

function builtFile(folder: string, name: string): BuiltFile {
  const plain = readFileSync(name)
  const br = readIfThere(`${name}.br`)
  const gzip = readIfThere(`${name}.gz`)
  return {
    type: TYPES[path.extname(name)] ?? UNKNOWN_TYPE,
    tag: `W/${digestTag(plain)}`,
    isImmutable: addressOf(folder, name).startsWith('/assets/'),
    plain,
    ...(br === undefined ? {} : { br }),
    ...(gzip === undefined ? {} : { gzip }),
  }
}

function readIfThere(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined
}

/** Where the build of the pages lies; undefined when their package is not installed. */
export function builtFolder(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@helios/dashboard/package.json')
    return path.join(path.dirname(manifest), 'dist')
  } catch {
    return undefined
  }
}
