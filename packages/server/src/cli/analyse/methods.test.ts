import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANALYSIS_METHODS } from '@helios/engine'
import pc from 'picocolors'
import { afterAll, describe, expect, it } from 'vitest'
import type { AnalyseOptions } from './options.ts'
import { runAnalyse } from './run.ts'
import { styleFor } from './style.ts'
import { displayWidth } from './terminal-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'helios-methods-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Variants, factors and covariates that follow from the number of the row, so that everything is the same each time. */
function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [variant, banner] = [i % 2 === 0 ? 'A' : 'B', (i >> 1) % 2 === 0 ? 'off' : 'on']
    const before = (i * 7919) % 101
    const paid = Number((i * 104_729) % 10 < (variant === 'B' ? 4 : 3))
    const spend = before / 10 + ((i * 15_485_863) % 97) / 9 + (variant === 'B' ? 1.5 : 0)
    return [variant, banner, (i >> 2) % 3, before, paid, (i * 31) % 4, spend.toFixed(2)].join(',')
  })
  return `v,banner,shop,before,paid,orders,spend\n${lines.join('\n')}\n`
}

const FILE = join(folder, 'methods.csv')
writeFileSync(FILE, table(1200))

const METRICS = {
  mean: 'y=mean(spend)',
  proportion: 'y=proportion(paid)',
  count: 'y=count(orders)',
  ratio: 'y=ratio(spend / before)',
  quantile: 'y=quantile(spend, 0.9)',
}
const ASKED: AnalyseOptions = { variant: 'v', control: 'A', metric: [METRICS.mean] }

async function run(options: AnalyseOptions, columns = 80, isColoured = false) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text
    },
  })
  const output = { stdout: stream('stdout'), stderr: stream('stderr') }
  const code = await runAnalyse(FILE, options, output, styleFor(columns, pc.createColors(isColoured)))
  return { code, ...written }
}

async function answer(options: AnalyseOptions) {
  const { code, stdout, stderr } = await run({ ...options, json: true })
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const NEEDS: Readonly<Record<string, AnalyseOptions>> = {
  cuped: { covariate: ['before'] },
  regression: { covariate: ['before'] },
  'post-stratify': { stratum: ['shop'] },
  betting: { bounds: '0,100' },
}
/** No text of a file or a person is in them that could not be broken; addresses of papers can be longer. */
const UNBREAKABLE = /doi:\S+/

function expectToFit(text: string, columns: number): void {
  for (const line of text.split('\n')) {
    if (line.includes(FILE) || UNBREAKABLE.test(line)) continue
    expect(displayWidth(line), line).toBeLessThanOrEqual(columns)
  }
}

describe('helios analyse --method', () => {
  const cases = ANALYSIS_METHODS.flatMap(({ name, metricKinds }) =>
    metricKinds.map((kind) => ({ name, kind, options: { ...ASKED, ...NEEDS[name], method: name } })),
  )

  it.each(cases)('$name compares a $kind, and says how', async ({ name, kind, options }) => {
    const asked = { ...options, metric: [METRICS[kind]], replicates: '199' }
    if (kind === 'proportion' && name === 'betting') asked.bounds = '0,1'
    const found = await answer(asked)
    expect(found.procedure).toMatchObject({ name, source: expect.stringMatching(/\d{4}/) })
    const comparison = found.metrics.y.comparisons.B
    expect(comparison.status).toBe('ok')
    expect(comparison.assumptions.length).toBeGreaterThan(0)
    expect(found.isBayesian ?? false).toBe(['beta-binomial', 'normal', 'gamma-poisson'].includes(name))
    if (found.isBayesian) expect(found.metrics.y.posterior.variants.B.comparison).toBeDefined()
    for (const columns of [80, 120]) {
      const { code, stdout } = await run(asked, columns)
      expect(code).toBe(0)
      for (const part of [`Method   ${name}: `, 'Source   ', 'Assumes  ']) expect(stdout).toContain(part)
      expectToFit(stdout, columns)
      const coloured = await run(asked, columns, true)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
      expect(coloured.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(stdout)
    }
  })

  it('uses the fixed horizon unless asked otherwise, and warns of it only then', async () => {
    expect((await run(ASKED)).stdout).toContain('Note (fixed-horizon)')
    expect((await run({ ...ASKED, method: 'always-valid' })).stdout).not.toContain('fixed-horizon')
    expect((await answer(ASKED)).procedure.name).toBe('auto')
  })

  it('is narrower with a covariate that tells, by every method that adjusts', async () => {
    const error = async (options: AnalyseOptions) =>
      (await answer({ ...ASKED, ...options })).metrics.y.comparisons.B.standardError
    const plain = await error({})
    for (const method of ['auto', 'always-valid', 'cuped', 'regression'])
      expect(await error({ method, covariate: ['before'] })).toBeLessThan(0.8 * plain)
  })

  it('draws the same from the same seed, and otherwise from another', async () => {
    const ends = async (seed: string) => {
      const found = await answer({ ...ASKED, method: 'bootstrap', replicates: '199', seed })
      return found.metrics.y.comparisons.B.absolute
    }
    expect(await ends('3')).toEqual(await ends('3'))
    expect(await ends('3')).not.toEqual(await ends('4'))
  })

  it('says what winsorising did', async () => {
    const { stdout } = await run({ ...ASKED, winsorise: '0.05' })
    expect(stdout).toContain("Welch's t, winsorised")
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /values winsorised at [\d.]+ and [\d.]+, limits from all variants/,
    )
  })

  it.each([
    [{ method: 'anova' }, 'there is no method "anova"; --method is one of auto, '],
    [{ method: 'fisher' }, 'y is a mean; declare it otherwise, or choose another method for it'],
    [{ method: 'cuped' }, '--covariate EXPR'],
    [{ method: 'welch', covariate: ['before'] }, 'leave --covariate out'],
    [{ method: 'cuped', covariate: ['befor'] }, 'did you mean "before"?'],
    [{ method: 'post-stratify' }, '--stratum COLUMN'],
    [{ method: 'betting' }, '--bounds LOWEST,HIGHEST'],
    [{ method: 'betting', bounds: '5,1' }, '--bounds is LOWEST,HIGHEST'],
    [{ winsorise: '0.7' }, '--winsorise'],
    [{ winsorise: '0' }, '--winsorise must lie between 0 and 0.5'],
    [{ metric: [METRICS.proportion], winsorise: '0.01' }, 'use it with mean(…) or count(…) alone'],
    [{ correction: 'tukey' }, '--correction is one of holm, '],
    [{ correction: 'dunnett', method: 'mann-whitney' }, 'choose --correction holm'],
    [{ replicates: '1.5', method: 'bootstrap' }, '--replicates'],
    [{ seed: '1.5' }, '--seed must be a whole number'],
    [{ method: 'mann-whitney', experiment: 'shop' }, '--where "COLUMN = NAME"'],
    [{ metric: [METRICS.ratio], uplift: 'before' }, '--uplift takes a mean, a count or a proportion'],
    [{ uplift: 'before', learner: 'S' }, '--learner is T or X'],
    [{ uplift: 'before,before' }, '--uplift names before twice'],
    [{ metric: ['y=quantile(spend)'] }, 'quantile(COLUMN, 0.9)'],
    [{ factors: 'v,banner' }, 'leave --variant out'],
  ] as const)('leaves with 2 and names the way out: %o', async (over, reason) => {
    const options = { ...ASKED, ...over } as AnalyseOptions
    const { code, stdout, stderr } = await run(options)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(reason)
    const told = JSON.parse((await run({ ...options, json: true })).stderr)
    expect(told.error.code).toBe(reason.startsWith('did you mean') ? 'HEL_FILE_INVALID' : 'HEL_USAGE')
  })
})

describe('what is asked for besides', () => {
  it('tells effect sizes with intervals about them', async () => {
    const { effectSizes } = await answer({
      ...ASKED,
      metric: ['a=mean(spend)', 'b=proportion(paid)', 'c=ratio(spend / before)'],
      effectSizes: true,
    })
    expect(Object.keys(effectSizes)).toEqual(['a', 'b'])
    expect(Object.keys(effectSizes.a.B)).toEqual(['cohensD', 'hedgesG', 'probabilityOfSuperiority'])
    expect(Object.keys(effectSizes.b.B)).toEqual(['cohensH', 'probabilityOfSuperiority'])
    for (const sizes of [effectSizes.a.B, effectSizes.b.B])
      for (const { low, estimate, high } of Object.values(sizes) as Record<string, number>[])
        expect((low as number) < (estimate as number) && (estimate as number) < (high as number)).toBe(true)
    const { stdout } = await run({ ...ASKED, effectSizes: true })
    expect(stdout).toContain("Cohen's d")
    expectToFit(stdout, 80)
  })

  it('compares within segments, adjusts over all of them and asks whether they differ', async () => {
    const asked = { ...ASKED, segments: ['shop', 'banner'] }
    const { segments } = await answer(asked)
    expect(segments.map(({ column }: { column: string }) => column)).toEqual(['shop', 'banner'])
    const [shop] = segments
    expect(shop.correction).toEqual({ method: 'holm', comparisons: 3 })
    expect(shop.heterogeneity.B).toMatchObject({ segments: 3, degreesOfFreedom: 2 })
    const units = shop.segments.flatMap((each: { units: object }) => Object.values(each.units))
    expect(units.reduce((sum: number, each: number) => sum + each, 0)).toBe(1200)
    const { stdout } = await run(asked)
    expect(stdout).toContain('y by shop · 3 segments')
    expect(stdout).toContain("Cochran's Q")
    expectToFit(stdout, 80)
  })

  it('compares segments by the method asked for', async () => {
    const { segments } = await answer({ ...ASKED, method: 'brunner-munzel', segments: ['shop'] })
    for (const { comparisons } of segments[0].segments)
      expect(comparisons.B.method).toBe("Brunner and Munzel's t on ranks")
  })

  it('takes small segments beyond the twentieth together', async () => {
    const { segments } = await answer({ ...ASKED, segments: ['before'] })
    expect(segments[0].segments).toHaveLength(21)
    expect(segments[0].segments.at(-1)).toMatchObject({ isRest: true })
  })

  it.each(['T', 'X'])('predicts whom a variant helps more, with the %s-learner', async (learner) => {
    const asked = { ...ASKED, uplift: 'before,shop,banner', learner }
    const { uplift } = await answer(asked)
    expect(uplift).toHaveLength(1)
    expect(uplift[0]).toMatchObject({ metric: 'y', variant: 'B', learner, folds: 5 })
    expect(uplift[0].columns).toEqual([
      { name: 'before', kind: 'number' },
      { name: 'shop', kind: 'number' },
      { name: 'banner', kind: 'category' },
    ])
    const { curve, low, coefficient, high } = uplift[0].result.qini
    expect(curve[0]).toEqual({ share: 0, gain: 0 })
    expect(low < coefficient && coefficient < high).toBe(true)
    const { stdout } = await run(asked)
    expect(stdout).toContain('whom does B help more?')
    expect(stdout).toContain('Künzel')
    expectToFit(stdout, 80)
  })

  it('shows none of it where the numbers would mislead', async () => {
    const asked = {
      ...ASKED,
      weights: 'A=0.6,B=0.4',
      segments: ['shop'],
      effectSizes: true,
      uplift: 'before',
    }
    const { code, stdout } = await run({ ...asked, json: true })
    const found = JSON.parse(stdout)
    expect([code, found.status, found.metrics]).toEqual([1, 'refused', {}])
    for (const part of ['segments', 'effectSizes', 'uplift']) expect(found).not.toHaveProperty(part)
    expect((await run({ ...asked, force: true })).stdout).toContain('y by shop')
  })
})

describe('helios analyse --factors', () => {
  const asked: AnalyseOptions = {
    factors: 'v,banner',
    control: 'v=A,banner=off',
    metric: ['y=mean(spend)', 'paid=proportion(paid)'],
  }

  it('answers with cells, the table and the effects', async () => {
    const { factorial, procedure } = await answer(asked)
    expect(procedure.source).toContain('Yates 1934')
    expect(factorial.factors).toEqual([
      { name: 'v', levels: ['A', 'B'] },
      { name: 'banner', levels: ['off', 'on'] },
    ])
    const { cells, anova, effects } = factorial.metrics.y
    expect(cells.map(({ units }: { units: number }) => units)).toEqual([300, 300, 300, 300])
    expect(anova.terms.map(({ name }: { name: string }) => name)).toEqual(['v', 'banner', 'v:banner'])
    expect(effects[0]).toMatchObject({ name: 'v', levels: ['B'] })
    expect(effects[0].pValueAdjusted).toBeGreaterThanOrEqual(effects[0].pValue)
  })

  it.each([80, 120])('draws it within %i columns', async (columns) => {
    const { code, stdout } = await run(asked, columns)
    expect(code).toBe(0)
    for (const part of ['partial η²', 'v:banner', '●', 'Method   factorial', 'Assumes'])
      expect(stdout).toContain(part)
    expectToFit(stdout, columns)
  })

  it('compares with the level asked for', async () => {
    const { factorial } = await answer({ ...asked, control: 'v=B' })
    expect(factorial.factors[0].levels).toEqual(['B', 'A'])
    expect(factorial.metrics.y.effects[0].estimate).toBeLessThan(0)
  })

  it('refuses combinations of unequal size', async () => {
    const uneven = { ...asked, where: ['before < 60'], factors: 'v,orders', control: 'v=A' }
    const even = await run({ ...uneven, where: [] })
    expect(even.code).toBe(1)
    expect(even.stdout).toContain('Refused (sample-ratio-mismatch)')
    expect((await run({ ...uneven, force: true })).stdout).toContain('because of --force')
  })

  it.each([
    [{ factors: 'v' }, 'two columns or more'],
    [{ factors: 'v,nothing', control: 'v=A' }, 'nothing'],
    [{ control: 'v=C' }, 'factor v has no level "C"'],
    [{ control: 'A' }, 'FACTOR=LEVEL'],
    [{ method: 'welch' }, 'without --method'],
    [{ metric: ['y=quantile(spend, 0.5)'] }, 'takes a mean, a count or a proportion'],
  ] as const)('leaves with 2 for %o', async (over, reason) => {
    const { code, stderr } = await run({ ...asked, ...over } as AnalyseOptions)
    expect(code).toBe(2)
    expect(stderr).toContain(reason)
  })
})
