import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pc from 'picocolors'
import { afterAll, describe, expect, it } from 'vitest'
import type { AnalyseOptions } from './options.ts'
import { runAnalyse } from './run.ts'
import { styleFor } from './style.ts'

const folder = mkdtempSync(join(tmpdir(), 'helios-analyse-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function rows(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .flatMap(([variant, units]) =>
      Array.from({ length: units }, (_, i) => `${variant},${i % 3 === 0 ? 1 : 0},${i % 7}`),
    )
    .join('\n')
}

function fileWith(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const EVEN = fileWith('even.csv', `v,paid,spend\n${rows({ A: 300, B: 310 })}\n`)
const UNEVEN = fileWith('uneven.csv', `v,paid,spend\n${rows({ A: 300, B: 500 })}\n`)
const ASKED: AnalyseOptions = {
  variant: 'v',
  control: 'A',
  metric: ['paid=proportion(paid)', 'spend=mean(spend)'],
}

async function run(file: string, options: AnalyseOptions) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text
    },
  })
  const output = { stdout: stream('stdout'), stderr: stream('stderr') }
  const code = await runAnalyse(file, options, output, styleFor(80, pc.createColors(false)))
  return { code, ...written }
}

describe('helios analyse', () => {
  it('answers in text', async () => {
    const { code, stdout, stderr } = await run(EVEN, ASKED)
    expect([code, stderr]).toEqual([0, ''])
    for (const part of [
      '610 rows · 610 units · 2 variants · control A',
      'Sample ratio  ✓ ok',
      'paid · proportion',
      'spend · mean',
      '●',
      'Methods:',
    ]) {
      expect(stdout).toContain(part)
    }
  })

  it('answers in JSON, and in nothing else', async () => {
    const { code, stdout, stderr } = await run(EVEN, { ...ASKED, json: true })
    expect([code, stderr]).toEqual([0, ''])
    const analysis = JSON.parse(stdout)
    expect(analysis).toMatchObject({
      file: EVEN,
      rows: 610,
      units: 610,
      status: 'ok',
      control: 'A',
      alpha: 0.05,
    })
    expect(analysis.sampleRatio.counts).toEqual({ A: 300, B: 310 })
    expect(analysis.metrics.paid.variants.A).toMatchObject({ n: 300, mean: 1 / 3 })
    expect(analysis.metrics.spend.comparisons.B).toMatchObject({ status: 'ok', method: "Welch's t" })
  })

  it('leaves with 1 where the numbers would mislead, and with 0 when forced', async () => {
    expect(await run(UNEVEN, ASKED)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('✗ Refused (sample-ratio-mismatch)'),
    })
    expect(await run(UNEVEN, { ...ASKED, force: true })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('because of --force'),
    })
    const { code, stdout } = await run(UNEVEN, { ...ASKED, json: true })
    expect([code, JSON.parse(stdout).metrics]).toEqual([1, {}])
  })

  it.each([
    ['there is no file', join(folder, 'none.csv'), ASKED],
    ['is a folder', folder, ASKED],
    ['--variant', EVEN, { control: 'A', metric: ['y=mean(spend)'] }],
    ['did you mean "spend"?', EVEN, { ...ASKED, metric: ['y=mean(spent)'] }],
    ['the control "C" is not among the variants in v: A, B', EVEN, { ...ASKED, control: 'C' }],
    ['--alpha', EVEN, { ...ASKED, alpha: '2' }],
  ])('leaves with 2 for bad use: %s', async (reason, file, options) => {
    const { code, stdout, stderr } = await run(file, options)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(reason)
    const told = await run(file, { ...options, json: true })
    expect(told.stdout).toBe('')
    const { error } = JSON.parse(told.stderr)
    expect(error.code).toMatch(/^HEL_(USAGE|FILE_INVALID)$/)
    expect(error.message).toContain(reason)
  })

  it('tells of many experiments', async () => {
    const table = (name: string, counts: Record<string, number>) => rows(counts).replaceAll(/^/gm, `${name},`)
    const file = fileWith(
      'many.csv',
      `e,v,paid,spend\n${['a', 'b', 'c'].map((name) => table(name, { A: 90, B: 100 })).join('\n')}\n${table('d', { A: 10, B: 100 })}\n${table('lonely', { A: 9 })}\n`,
    )
    const asked = { ...ASKED, experiment: 'e' }
    const text = (await run(file, asked)).stdout
    expect(text).toContain('689 rows · 5 experiments · 4 analysed · 1 refused')
    expect(text).toContain('paid · 3 experiments tested')
    expect(text).toMatch(/lonely: there is only one variant/)
    const { code, stdout } = await run(file, { ...asked, json: true })
    const { experiments, summary } = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(experiments.map((each: { experiment: string }) => each.experiment)).toEqual(['a', 'b', 'c', 'd'])
    expect(summary).toMatchObject({ experiments: 5, analysed: 4, refused: 1, sampleRatioFailures: 1 })
  })

  it('shows a few experiments in full', async () => {
    const file = fileWith(
      'one.csv',
      `e,v,paid,spend\n${rows({ A: 90, B: 100 }).replaceAll(/^/gm, 'only,')}\n`,
    )
    const { stdout } = await run(file, { ...ASKED, experiment: 'e' })
    expect(stdout).toContain('experiment only')
    expect(stdout).toContain('spend · mean')
  })
})
