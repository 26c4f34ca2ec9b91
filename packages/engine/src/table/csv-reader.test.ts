import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader } from './csv-reader.ts'

const encoder = new TextEncoder()

interface Read {
  readonly rows: string[][]
  readonly lines: number[]
}

function readChunks(chunks: readonly Uint8Array[], delimiter = ','): Read {
  const rows: string[][] = []
  const lines: number[] = []
  const reader = new CsvReader(delimiter.charCodeAt(0), (row) => {
    lines.push(row.line)
    const cells: string[] = []
    for (let cell = 0; cell < row.count; cell++) {
      row.select(cell)
      cells.push(row.selectedText())
    }
    rows.push(cells)
  })
  for (const chunk of chunks) reader.push(chunk)
  reader.end()
  return { rows, lines }
}

function read(text: string, delimiter?: string): string[][] {
  return readChunks([encoder.encode(text)], delimiter).rows
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
}

describe('CsvReader', () => {
  it('reads what RFC 4180 describes', () => {
    expect(read('a,b\r\n1,"x, ""y""\r\nz"\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x, "y"\r\nz'],
    ])
    expect(read('a,,c\n,,\n')).toEqual([
      ['a', '', 'c'],
      ['', '', ''],
    ])
    expect(read('"a","",""""\n')).toEqual([['a', '', '"']])
  })

  it('needs no end of the last line, and passes over blank lines', () => {
    expect(read('a,b\n\n1,2\n\r\n3,')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', ''],
    ])
    expect(read('a\n""')).toEqual([['a'], ['']])
  })

  it('takes LF, CRLF and CR, mixed', () => {
    expect(read('a,b\r\n1,2\n3,4\r5,6')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  it('drops a byte-order mark, and takes a quote inside an unquoted cell for itself', () => {
    expect(read('\ufeffa,b\n5" screen,x"y"\n')).toEqual([
      ['a', 'b'],
      ['5" screen', 'x"y"'],
    ])
  })

  it('separates by another character', () => {
    expect(read('a;b,c\n1;"2;3"\n', ';')).toEqual([
      ['a', 'b,c'],
      ['1', '2;3'],
    ])
    expect(read('a\tb\n1\t2\n', '\t')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('tells on which line a row begins, line breaks in quotes included', () => {
    expect(readChunks([encoder.encode('a\n"1\n2\r\n3"\n\n4\n')]).lines).toEqual([1, 2, 6])
  })

  it('gives nothing for nothing', () => {
    expect(read('')).toEqual([])
    expect(read('\n\r\n')).toEqual([])
  })

  it('refuses what it cannot be sure of, with the line', () => {
    expect(() => read('a,b\n1,2\n3,"4\n5,6\n')).toThrow('quote that opens on line 3 in cell 2 never closes')
    expect(() => read('a,b\n"1\n2"x,3\n')).toThrow('line 3, cell 1: text follows a closing quote')
    expect(() => read('a,b\n1,\u00002\n')).toThrow('zero byte near line 2')
    expect(() => readChunks([Uint8Array.of(0xff, 0xfe, 0x61, 0)])).toThrow('UTF-16')
    expect(() => readChunks([Uint8Array.of(0x1f, 0x8b, 8, 0, 0)])).toThrow('not text')
  })

  it('refuses a row of more than 16 MiB instead of filling the memory', () => {
    const part = new Uint8Array(2 ** 20).fill(0x61)
    const parts = [encoder.encode('a\n"'), ...Array.from({ length: 17 }, () => part)]
    expect(() => readChunks(parts)).toThrow('longer than 16 MiB')
  })

  it('grows with the number of columns', () => {
    const cells = Array.from({ length: 500 }, (_, i) => String(i))
    expect(read(cells.join(','))).toEqual([cells])
  })

  it('gives the same rows, or the same refusal, wherever the chunks end', () => {
    const piece = fc.constantFrom(
      'a',
      '1',
      ',',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      ' ',
      'ü',
      '\ufeff',
      '"x"',
      ';',
    )
    const outcome = (chunks: readonly Uint8Array[]) => {
      try {
        return readChunks(chunks)
      } catch (error) {
        return String(error)
      }
    }
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (pieces, places) => {
          const bytes = encoder.encode(pieces.join(''))
          const whole = outcome([bytes])
          expect(outcome(cut(bytes, places))).toEqual(whole)
          expect(outcome([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('reads back any table that was written with quotes', () => {
    const cell = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\r\n', '\n', ',', '""'))
      .filter((text) => !text.includes('\0'))
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }))
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, lineEnd) => {
        const text = rows
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join(lineEnd)
        expect(read(text)).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })
})
