import { expect, it } from 'vitest'
import { encodedFor } from './encoding.ts'

const [plain, br, gzip] = ['plain', 'br', 'gzip'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]
const facts = { type: 'text/css', tag: '"t"', isImmutable: true, plain }

it.each([
  [undefined, 'plain'],
  ['', 'plain'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
  ['BR', 'br'],
  ['br;q=0.000, gzip;q=0', 'plain'],
  ['br;q=0.1', 'br'],
  ['brotli, *', 'plain'],
])('Accept-Encoding: %s', (header, expected) => {
  const { content, encoding } = encodedFor({ ...facts, br, gzip }, header)
  expect([content.toString(), encoding ?? 'plain']).toEqual([expected, expected])
})

it('sends the file as it is where the build compressed nothing', () => {
  expect(encodedFor(facts, 'br, gzip')).toEqual({ content: plain })
  expect(encodedFor({ ...facts, gzip }, 'br, gzip')).toEqual({ content: gzip, encoding: 'gzip' })
})
