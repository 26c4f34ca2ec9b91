import type { BuiltFile } from './built-files.ts'

export interface EncodedFile {
  readonly content: Buffer
  /** Content-Encoding; absent for the file as it is. */
  readonly encoding?: 'br' | 'gzip'
}

/** The smallest form of a file that the client takes, by its Accept-Encoding (RFC 9110, section 12.5.3). */
export function encodedFor(file: BuiltFile, acceptEncoding = ''): EncodedFile {
  const accepted = acceptedEncodings(acceptEncoding)
  if (file.br && accepted.has('br')) return { content: file.br, encoding: 'br' }
  if (file.gzip && accepted.has('gzip')) return { content: file.gzip, encoding: 'gzip' }
  return { content: file.plain }
}

/** Names in the header but those with the weight 0, which refuses. */
function acceptedEncodings(header: string): ReadonlySet<string> {
  const parts = header.toLowerCase().split(',')
  const names = parts.flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim())
    return parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)) ? [] : [name]
  })
  return new Set(names)
}
