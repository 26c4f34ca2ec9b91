import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportOf } from '../../testing/reported.ts'
import { escaped, escapedCell } from './escape.ts'
import { renderMarkdown } from './render.ts'
import { sparkline, squares } from './sparkline.ts'

const HOSTILE = '# a | b\n\n| --- |\n*c* `d` _e_ [f](http://evil.example) <img src=x> &lt; $x$ ~~y~~ \u202e'

/** Tables of a document: runs of lines that begin with a bar. */
function tablesOf(markdown: string): string[][] {
  const tables: string[][] = [[]]
  for (const line of markdown.split('\n')) {
    if (line.startsWith('|')) tables.at(-1)?.push(line)
    else tables.push([])
  }
  return tables.filter((table) => table.length > 0)
}

function expectSoundTables(markdown: string): void {
  const tables = tablesOf(markdown)
  expect(tables.length).toBeGreaterThan(4)
  for (const table of tables) {
    const columns = table.map((line) => line.split('|').length)
    expect(new Set(columns).size, table[0]).toBe(1)
    expect(table[1]).toMatch(/^\|(?: --- \|)+$/)
    expect(table.length).toBeGreaterThan(2)
  }
}

describe('the report in Markdown', () => {
  it('has a heading for each part, and tables whose rows have a cell for each column', async () => {
    const markdown = renderMarkdown(await reportOf())
    expect(markdown.startsWith('# Welcome tone\n')).toBe(true)
    expect([...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'What was tested',
      'Results',
      'Can the numbers be trusted?',
      'Go on or stop?',
      'Effect over time',
      'Segments',
      'What to believe',
      'Traffic',
      'How this was computed',
      'What was changed',
    ])
    expectSoundTables(markdown)
    expect(markdown).toMatch(/^> \*\*✓ Deploy Warm: /m)
    expect(markdown).toMatch(/^\| Warm \| [▁▂▃▄▅▆▇█·]+ \| \+\d/m)
    expect(markdown).toMatch(/\| Warm \| 1,000 \| 4[12]\.\d\s% \|.*\| \*\*better\*\* \|/)
    expect(markdown).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })

  it('shows whatever people typed as text', async () => {
    const hostile = { name: HOSTILE, hypothesis: HOSTILE, variants: ['Calm', HOSTILE, HOSTILE], why: HOSTILE }
    const markdown = renderMarkdown(await reportOf({ ...hostile, plans: [HOSTILE.slice(0, 40), 'paid'] }))
    expectSoundTables(markdown)
    expect(markdown).not.toMatch(/<img|(?<!\\)\]\(|\u202e/)
    expect(markdown.match(/^# /gm)).toHaveLength(1)
  })
})

describe('text in Markdown', () => {
  it('is left as it is where it means nothing', () => {
    for (const text of ['+3.1 % [1.2, 5.0], p < 0.0001', 'satisfaction_rating', '33.3 %', 'a - b', 'I² 66 %'])
      expect(escaped(text)).toBe(text)
  })

  it.each([
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['> said', '\\> said'],
    ['---', '\\---'],
    ['| a |', '\\| a |'],
    ['*a* `b`', '\\*a\\* \\`b\\`'],
    ['_a_', '\\_a\\_'],
    ['[a](b)', '[a\\](b)'],
    ['<b>', '&lt;b>'],
    ['&lt;', '&amp;lt;'],
    ['a\nb', 'a b'],
  ])('%j is written %j', (text, written) => {
    expect(escaped(text)).toBe(written)
  })

  it('never ends a cell or a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapedCell(text)).not.toMatch(/[|\n\r]|<[a-z/!?]/i)
        expect(escaped(text)).not.toMatch(/[\n\r]|^[#>|]/)
      }),
      { seed: 5, numRuns: 300 },
    )
  })
})

describe('lines of blocks', () => {
  it('rise and fall with the values, and leave gaps', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▁▁▂▄▅▇█')
    expect(sparkline([null, 1, null, 2])).toBe('·▁·█')
    expect(sparkline([5, 5, 5])).toBe('▅▅▅')
    expect(sparkline([null, null])).toBe('')
    expect(sparkline([])).toBe('')
  })

  it('are not flattened by a wild beginning', () => {
    expect(sparkline([1000, 1, 2, 3, 1, 2, 3])).toBe('█▁▅█▁▅█')
  })

  it('are short however many values there are, and end with the last', () => {
    const line = sparkline(Array.from({ length: 1000 }, (_, i) => i))
    expect(line.length).toBeLessThanOrEqual(32)
    expect(line.endsWith('█')).toBe(true)
  })

  it('show shares as squares', () => {
    expect(squares(0)).toBe('░░░░░░░░░░')
    expect(squares(0.76)).toBe('████████░░')
    expect(squares(7)).toBe('██████████')
  })
})
