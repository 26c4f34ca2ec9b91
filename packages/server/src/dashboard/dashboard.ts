import type { FastifyReply, FastifyRequest } from 'fastify'
import { type BuiltFile, readBuiltFiles } from './built-files.ts'
import { encodedFor } from './encoding.ts'

/** The pages load what this server has and talk to nobody else; charts and the interface set styles of elements. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
const ONE_YEAR_SECONDS = 31_536_000
/** Addresses that are not the pages' own: nothing below them is ever answered with a page. */
const NOT_PAGES = /^\/(?:v1|docs|assets|metrics|healthz|readyz|start|openapi\.json)(?:\/|$)/

/** The built pages, all in memory. */
export class Dashboard {
  readonly #files: ReadonlyMap<string, BuiltFile>
  readonly #index: BuiltFile

  private constructor(files: ReadonlyMap<string, BuiltFile>, index: BuiltFile) {
    this.#files = files
    this.#index = index
  }

  /** Undefined when nothing was built in the folder. */
  static load(folder: string): Dashboard | undefined {
    const files = readBuiltFiles(folder)
    const index = files?.get('/index.html')
    return files && index ? new Dashboard(files, index) : undefined
  }

  /** Answers when the address is a file of the pages or, for browsers, one of the pages; else not at all. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const address = request.url.split('?', 1)[0] ?? ''
    const file = this.#files.get(address)
    if (file) return send(file, request, reply)
    const wantsPage = (request.headers.accept ?? '').includes('text/html')
    return wantsPage && !NOT_PAGES.test(address) ? this.sendPage(request, reply) : undefined
  }

  /** Every page is the same file; the script in it looks at the address. */
  sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return send(this.#index, request, reply)
  }
}

function send(file: BuiltFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { type, tag, isImmutable } = file
  reply
    .header('etag', tag)
    .header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '))
  reply.header('cache-control', isImmutable ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache')
  if (type.startsWith('text/html')) reply.header('content-security-policy', PAGE_POLICY)
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  const { content, encoding } = encodedFor(file, request.headers['accept-encoding'] as string | undefined)
  if (encoding) reply.header('content-encoding', encoding)
  return reply.code(200).type(type).send(content)
}
