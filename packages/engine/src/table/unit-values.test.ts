import { describe, expect, it } from 'vitest'
import { ANALYSIS_METHODS } from '../methods.ts'
import { requireFit } from './analysis-method.ts'
import { parseCovariate, parseMetric } from './notation.ts'
import { readTable } from './read-table.ts'
import { samplesOf, summaryOf } from './samples.ts'
import type { TableQuestion } from './table-question.ts'
import type { UnitValues } from './unit-values.ts'

const METRICS = [parseMetric('y=mean(y)'), parseMetric('r=ratio(y / n)')]

async function unitsOf(text: string, over: Partial<TableQuestion> = {}): Promise<UnitValues> {
  const question = { variant: 'v', control: 'A', metrics: METRICS, keepUnits: true, ...over }
  const { experiments } = await readTable([new TextEncoder().encode(text)], question)
  const units = experiments[0]?.units
  if (!units) throw new Error('units were to be kept')
  return units
}

describe('units kept one by one', () => {
  it('keeps each row as a unit, by variant and in order', async () => {
    const text = 'v,y,n,age,os\nB,1,2,30,x\nA,2,1,,x\nA,,3,41,y\nB,4,,22,x\n'
    const units = await unitsOf(text, { covariates: [parseCovariate('age')], labels: ['os'] })
    const [a, b] = units.variants
    expect(a?.metrics[0]?.[0]).toEqual(Float64Array.of(2, Number.NaN))
    expect(b?.metrics[0]?.[0]).toEqual(Float64Array.of(1, 4))
    expect(b?.metrics[1]?.[1]?.[0]).toBe(2)
    expect(a?.covariates[0]).toEqual(Float64Array.of(Number.NaN, 41))
    expect(units.labelTexts).toEqual([['x', 'y']])
    expect(a?.labels[0]).toEqual(Uint32Array.of(0, 1))
  })

  it('puts the rows of a unit together, with covariate and label of the first', async () => {
    const text = 'u,v,y,n,age,os\n1,A,1,1,30,x\n2,B,5,1,20,y\n1,A,2,1,99,z\n3,A,7,2,50,x\n1,B,4,1,1,y\n'
    const units = await unitsOf(text, { unit: 'u', covariates: [parseCovariate('age')], labels: ['os'] })
    const [a, b] = units.variants
    expect(a?.metrics[0]?.[0]).toEqual(Float64Array.of(7, 7))
    expect(b?.metrics[0]?.[0]).toEqual(Float64Array.of(5))
    expect(a?.covariates[0]).toEqual(Float64Array.of(30, 50))
    expect(a?.labels[0]).toEqual(Uint32Array.of(0, 0))
  })

  it('makes samples of the units that have the metric, with the mean in the place of missing covariates', async () => {
    const units = await unitsOf('v,y,n,age\nA,1,1,10\nA,,1,90\nA,3,1,\nB,5,1,20\nB,9,1,30\n', {
      covariates: [parseCovariate('age')],
    })
    const { samples, unitsWithoutCovariate } = samplesOf(units, 0)
    expect(samples.map(({ values }) => [...values])).toEqual([
      [1, 3],
      [5, 9],
    ])
    expect(samples[0]?.covariates[0]).toEqual(Float64Array.of(10, 20))
    expect(unitsWithoutCovariate).toBe(1)
    const summary = summaryOf(samples[1] as (typeof samples)[0], METRICS[0] as (typeof METRICS)[0], 0.05)
    expect(summary).toMatchObject({ units: 2, mean: [7], joint: { mean: [7, 25] } })
  })

  it('winsorises at limits from all variants together', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i % 2 === 0 ? 'A' : 'B'},${i},1`).join('\n')
    const { samples, limits } = samplesOf(await unitsOf(`v,y,n\n${rows}\n`), 0, { winsorise: 0.1 })
    expect(limits?.low).toBeCloseTo(9.9, 12)
    expect(limits?.high).toBeCloseTo(89.1, 12)
    const both = samples.flatMap(({ values }) => [...values])
    expect([Math.min(...both), Math.max(...both)]).toEqual([limits?.low, limits?.high])
  })

  it('numbers the combinations of labels the same in every variant', async () => {
    const text = 'v,y,n,os,size\nA,1,1,x,s\nB,1,1,x,l\nA,1,1,y,l\nB,1,1,x,s\n'
    const units = await unitsOf(text, { labels: ['os', 'size'] })
    const { samples } = samplesOf(units, 0, { strata: [0, 1] })
    const [a, b] = samples.map(({ strata }) => [...(strata ?? [])])
    expect(b?.[1]).toBe(a?.[0])
    expect(new Set([...(a ?? []), ...(b ?? [])]).size).toBe(3)
  })

  it.each([
    [{ units: 'n' }, 'a row stands for several'],
    [{ experiment: 'v' }, '--where'],
  ])('refuses what has no single units: %o', async (over, reason) => {
    const metrics = [parseMetric('y=proportion(y)')]
    await expect(unitsOf('v,y,n\nA,1,1\nB,0,1\n', { metrics, ...over })).rejects.toThrow(reason)
  })

  it('refuses a covariate that is no number, with its line', async () => {
    const asked = unitsOf('v,y,n,os\nA,1,1,x\n', { covariates: [parseCovariate('os')] })
    await expect(asked).rejects.toThrow('line 2, column os')
  })
})

describe('notation of quantiles and covariates', () => {
  it('reads them', () => {
    expect(parseMetric('slow=quantile(a + `b c`, 0.9)')).toEqual({
      name: 'slow',
      kind: 'quantile',
      value: ['a', 'b c'],
      denominator: [],
      level: 0.9,
    })
    expect(parseCovariate('`visits before` + calls')).toMatchObject({ value: ['visits before', 'calls'] })
  })

  it.each(['q=quantile(a)', 'q=quantile(a, 1)', 'q=quantile(a, 0)', 'q=quantile(a, x)', 'q=quantile(a 0.5)'])(
    'refuses %s',
    (text) => {
      expect(() => parseMetric(text)).toThrow(/level between 0 and 1|not understood/)
    },
  )

  it('refuses a covariate that is a ratio', () => {
    expect(() => parseCovariate('a / b')).toThrow('a covariate is a column or a sum of columns')
  })
})

describe('requireFit', () => {
  const methodOf = (name: string) => {
    const found = ANALYSIS_METHODS.find((each) => each.name === name)
    if (!found) throw new Error(name)
    return found
  }
  const fit =
    (name: string, over: Partial<TableQuestion> = {}, options = {}) =>
    () =>
      requireFit(methodOf(name), ANALYSIS_METHODS, { metrics: [parseMetric('y=mean(y)')], ...over }, options)
  const age = [parseCovariate('age')]

  it.each(ANALYSIS_METHODS)('$name has a title and a source, and takes metrics', (method) => {
    expect(method.title).not.toBe('')
    expect(method.source).toMatch(/\d{4}/)
    expect(method.metricKinds.length).toBeGreaterThan(0)
    expect(method.tests.length + method.estimators.length).toBeGreaterThan(0)
  })

  it('lets through what fits', () => {
    expect(fit('welch')).not.toThrow()
    expect(fit('cuped', { covariates: age })).not.toThrow()
    expect(fit('post-stratify', { strata: ['os'] })).not.toThrow()
    expect(fit('betting', {}, { bounds: { lowest: 0, highest: 1 } })).not.toThrow()
    expect(fit('betting', { metrics: [parseMetric('y=proportion(y)')] })).not.toThrow()
  })

  it.each([
    ['fisher', {}, {}, /y is a mean; declare it otherwise, or choose another method for it: .*welch/],
    ['welch', { metrics: [parseMetric('y=quantile(y, 0.5)')] }, {}, /choose another method for it: auto/],
    ['cuped', {}, {}, '--covariate EXPR'],
    ['welch', { covariates: age }, {}, /welch takes no covariates; .*cuped.*regression/],
    [
      'auto',
      { metrics: [parseMetric('y=quantile(y, 0.5)')], covariates: age },
      {},
      'ask for it without --covariate',
    ],
    ['post-stratify', {}, {}, '--stratum COLUMN'],
    ['betting', {}, {}, '--bounds LOWEST,HIGHEST'],
    ['auto', { metrics: [parseMetric('y=proportion(y)')] }, { winsorise: 0.01 }, '--winsorise'],
  ] as const)('names the way out for %s %o', (name, over, options, reason) => {
    expect(fit(name, over, options)).toThrow(reason)
  })
})
