import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeliosError } from '../errors.ts'
import { parseCondition, parseMetric } from './notation.ts'
import { readTable } from './read-table.ts'
import type { SummarisedExperiment, SummarisedTable } from './summarised-table.ts'
import type { TableQuestion } from './table-question.ts'

type Asked = Partial<Omit<TableQuestion, 'metrics' | 'where'>> & { metrics?: string[]; where?: string[] }

function ask(csv: string | Uint8Array, asked: Asked = {}): Promise<SummarisedTable> {
  const { metrics = ['y=mean(y)'], where = [], ...rest } = asked
  return readTable([typeof csv === 'string' ? new TextEncoder().encode(csv) : csv], {
    variant: 'v',
    control: 'A',
    metrics: metrics.map(parseMetric),
    where: where.map(parseCondition),
    ...rest,
  })
}

async function only(csv: string, asked?: Asked): Promise<SummarisedExperiment> {
  return (await ask(csv, asked)).experiments[0] as SummarisedExperiment
}

async function refusal(csv: string | Uint8Array, asked?: Asked): Promise<string> {
  const error = await ask(csv, asked).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(HeliosError)
  return (error as HeliosError).message
}

const messages = ({ findings }: SummarisedExperiment) => findings.map(({ message }) => message)

describe('readTable, each row a unit', () => {
  it('summarises each variant, the control first', async () => {
    const found = await only('v,y\nC,1\nB10,5\nB9,5\nA,2\nA,4\n')
    expect(found.variants).toEqual(['A', 'B9', 'B10', 'C'])
    expect(found.counts).toEqual([2, 1, 1, 1])
    expect(found.metrics[0]?.summaries[0]).toEqual({ units: 2, mean: [3], covariance: [[2]] })
  })

  it('adds columns up, and keeps both parts of a ratio', async () => {
    const found = await only('v,a,b,c\nA,1,2,4\nA,3,0,2\nB,0,0,1\n', {
      metrics: ['s=mean(a+b)', 'r=ratio(a/c)'],
    })
    expect(found.metrics.map(({ summaries }) => summaries[0]?.mean)).toEqual([[3], [2, 3]])
    expect(found.metrics[1]?.summaries[0]?.covariance).toEqual([
      [2, -2],
      [-2, 2],
    ])
  })

  it('takes words for the values of a proportion', async () => {
    const csv = 'v,y\nA,TRUE\nA,no\nA,Yes\nA,false\nA,1\nA,0.0\nB,0\n'
    expect((await only(csv, { metrics: ['y=proportion(y)'] })).metrics[0]?.summaries[0]).toMatchObject({
      units: 6,
      mean: [0.5],
    })
  })

  it('leaves missing values out of their metric and says how many', async () => {
    const found = await only('v,y,z\nA,1,1\nA,,1\nA,NA,1\nA,nan,1\nB,NULL,1\n,1,1\n', {
      metrics: ['y=mean(y)', 'z=mean(z)'],
    })
    expect(found.counts).toEqual([4, 1])
    expect(found.metrics.map(({ summaries }) => summaries.map(({ units }) => units))).toEqual([
      [1, 0],
      [4, 1],
    ])
    expect(messages(found)).toEqual([
      '1 row has no variant; left out.',
      '4 rows have no value of y; left out of that metric.',
    ])
  })

  it('takes a variant called NA when it is the control', async () => {
    expect((await only('v,y\nNA,1\nEU,2\n', { control: 'NA' })).variants).toEqual(['NA', 'EU'])
  })

  it('counts only rows that meet every condition', async () => {
    const csv = 'v,y,country,age,on\nA,1,DE,17,TRUE\nA,2,FR,18,true\nB,3,DE,40,false\nB,4,7,NA,\n'
    const sums = async (...where: string[]) => (await only(csv, { where })).counts
    expect(await sums('country = DE')).toEqual([1, 1])
    expect(await sums('country != DE')).toEqual([1, 1])
    expect(await sums('country = 7')).toEqual([1])
    expect(await sums('age >= 18')).toEqual([1, 1])
    expect(await sums('age < 18', 'country = DE')).toEqual([1])
    expect(await sums('age + y > 18')).toEqual([1, 1])
    expect(await sums('on = true')).toEqual([2])
    expect(await refusal(csv, { where: ['country = IT'] })).toContain(
      'none of its 4 rows meets the conditions',
    )
    expect(await refusal(csv, { where: ['country > 3'] })).toContain(
      'line 2, column country: "DE" is not a number',
    )
  })
})

describe('readTable, rows of one unit', () => {
  it('adds values up, and asks of a proportion whether any is 1', async () => {
    const csv = 'u,v,y,p\nx,A,1,0\ny,B,5,0\nx,A,2,1\nx,A,0.5,0\nz,A,1,0\n'
    const found = await only(csv, { unit: 'u', metrics: ['y=mean(y)', 'p=proportion(p)'] })
    expect(found.counts).toEqual([2, 1])
    expect(found.metrics[0]?.summaries[0]?.mean).toEqual([(3.5 + 1) / 2])
    expect(found.metrics[1]?.summaries[0]?.mean).toEqual([0.5])
  })

  it('counts a unit of two variants in its first, and once as crossover', async () => {
    const found = await only('u,v,y\nx,A,1\nx,B,1\nx,B,1\nx,A,1\ny,B,1\n', { unit: 'u' })
    expect(found).toMatchObject({ counts: [1, 1], crossoverUnits: 1 })
    expect(found.metrics[0]?.summaries[0]?.mean).toEqual([4])
  })

  it('tells units apart by every byte', async () => {
    const csv = 'u,v,y\nx,A,1\nX,A,1\n" x",A,1\nx ,A,1\n"x""",A,1\nü,A,1\nu\u0308,A,1\nx,A,1\n'
    expect((await only(csv, { unit: 'u' })).counts).toEqual([7])
  })

  it('leaves out rows without a unit, and units without any value', async () => {
    const found = await only('u,v,y\n,A,1\nnull,A,1\nx,A,\nx,A,2\ny,A,NA\n', { unit: 'u' })
    expect(found.counts).toEqual([2])
    expect(found.metrics[0]?.summaries[0]).toMatchObject({ units: 1, mean: [2] })
    expect(messages(found)).toEqual([
      '2 rows have no unit; left out.',
      '2 rows have no value of y; left out of that metric, 1 unit has none at all.',
    ])
  })

  it('agrees with the obvious computation for any table', async () => {
    const row = fc.record({
      unit: fc.integer({ min: 0, max: 12 }),
      variant: fc.constantFrom('A', 'B', 'C'),
      y: fc.option(fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8)),
      p: fc.option(fc.constantFrom(0, 1)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        const csv = `u,v,y,p\n${rows.map(({ unit, variant, y, p }) => `${unit},${variant},${y ?? ''},${p ?? 'NA'}`).join('\n')}`
        const found = await only(csv, { unit: 'u', metrics: ['y=mean(y)', 'p=proportion(p)'] })
        const units = Map.groupBy(rows, ({ unit }) => unit)
        const variantOf = (unit: number) => units.get(unit)?.[0]?.variant
        const crossed = [...units.values()].filter((of) => new Set(of.map(({ variant }) => variant)).size > 1)
        expect(found.crossoverUnits).toBe(crossed.length)
        for (const [i, variant] of found.variants.entries()) {
          const mine = [...units].filter(([unit]) => variantOf(unit) === variant).map(([, of]) => of)
          expect(found.counts[i]).toBe(mine.length)
          const present = (key: 'y' | 'p') =>
            mine.map((of) => of.flatMap((each) => each[key] ?? [])).filter((of) => of.length > 0)
          expectMoments(
            found,
            0,
            i,
            present('y').map((of) => of.reduce((a, b) => a + b, 0)),
          )
          expectMoments(
            found,
            1,
            i,
            present('p').map((of) => Math.max(...of)),
          )
        }
      }),
      { numRuns: 200 },
    )
  })
})

function expectMoments(
  found: SummarisedExperiment,
  metric: number,
  variant: number,
  values: readonly number[],
): void {
  const summary = found.metrics[metric]?.summaries[variant]
  expect(summary?.units).toBe(values.length)
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  if (values.length > 0) expect(summary?.mean[0]).toBeCloseTo(mean, 10)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  if (values.length > 1) expect(summary?.covariance[0]?.[0]).toBeCloseTo(variance, 8)
}

describe('readTable, rows that stand for many units', () => {
  it('counts units and successes', async () => {
    const found = await only('v,n,k\nA,10,2\nB,20,5\nA,30,3\nB,0,0\nB,,1\n', {
      units: 'n',
      metrics: ['k=proportion(k)'],
    })
    expect(found.counts).toEqual([40, 20])
    expect(found.metrics[0]?.summaries[0]).toMatchObject({ units: 40, mean: [0.125] })
    expect(found.metrics[0]?.summaries[0]?.covariance[0]?.[0]).toBeCloseTo((0.125 * 0.875 * 40) / 39, 15)
    expect(messages(found)).toEqual(['1 row has no number of units; left out.'])
  })

  it('refuses more successes than units, and what has no total', async () => {
    const asked = { units: 'n', metrics: ['k=proportion(k)'] }
    expect(await refusal('v,n,k\nA,2,3\n', asked)).toContain(
      'line 2, column k: "3" is not a number of successes among 2 units',
    )
    expect(await refusal('v,n,k\nA,2.5,1\n', asked)).toContain(
      'line 2, column n: "2.5" is not a number of units',
    )
    expect(await refusal('v,n,k\nA,2,1\n', { units: 'n', metrics: ['k=mean(k)'] })).toContain('no interval')
    expect(await refusal('v,n,k\nA,2,1\n', { ...asked, unit: 'v' })).toContain('not both')
  })
})

describe('readTable, many experiments', () => {
  it('keeps them apart, in the order of first appearance', async () => {
    const csv = 'e,u,v,y\ntwo,x,B,1\none,x,A,2\ntwo,x,B,3\n,x,A,4\none,y,B,5\ntwo,z,A,7\n'
    const table = await ask(csv, { experiment: 'e', unit: 'u' })
    expect(table.experiments.map(({ name, variants, counts }) => ({ name, variants, counts }))).toEqual([
      { name: 'two', variants: ['A', 'B'], counts: [1, 1] },
      { name: 'one', variants: ['A', 'B'], counts: [1, 1] },
    ])
    expect(table.experiments[0]?.metrics[0]?.summaries.map(({ mean }) => mean[0])).toEqual([7, 4])
    expect(table.findings.map(({ message }) => message)).toEqual(['1 row has no experiment; left out.'])
  })
})

describe('readTable, days and other strata', () => {
  const days = (count: number) =>
    Array.from({ length: count }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10))
  const table = (header: string, values: readonly string[], per = 20) =>
    `v,y,${header}\n${values.flatMap((value) => Array.from({ length: per }, (_, i) => `${i % 2 ? 'A' : 'B'},1,${value}`)).join('\n')}`

  it('finds a column of days by itself', async () => {
    const found = await only(
      table(
        'created_at',
        days(3).map((day) => `${day}T10:00:00Z`),
      ),
    )
    expect(found.stratifications).toEqual([
      { name: 'created_at', strata: days(3).map((stratum) => ({ stratum, counts: [10, 10] })) },
    ])
  })

  it('passes over columns that are no days, lack values, or have a single one', async () => {
    expect((await only(table('date', ['soon', 'later']))).stratifications).toEqual([])
    expect((await only(table('cancelled_at', ['2026-01-01', '', '2026-01-02']))).stratifications).toEqual([])
    expect((await only(table('day', ['2026-01-01']))).stratifications).toEqual([])
    expect((await only(table('other', days(3)))).stratifications).toEqual([])
    expect((await only(table('date', days(1001)))).stratifications).toEqual([])
  })

  it('takes the columns that were asked for, and puts those too small for a test together', async () => {
    const csv = `${table('os', ['ios', 'android'])}\nA,1,symbian\nB,1,palm\nA,1,`
    const [stratification] = (await only(csv, { strata: ['os', 'os'] })).stratifications
    expect(stratification?.strata).toEqual([
      { stratum: 'ios', counts: [10, 10] },
      { stratum: 'android', counts: [10, 10] },
      { stratum: '3 small ones together', counts: [2, 1] },
    ])
  })

  it('counts a unit on the day of its first row', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `u${i},${i % 2 ? 'A' : 'B'},1,${i < 20 ? '2026-01-01' : '2026-01-02'}`,
    )
    const later = rows.map((row) => row.replace(/2026-.*/, '2026-01-05'))
    const found = await only(`u,v,y,date\n${[...rows, ...later].join('\n')}`, { unit: 'u' })
    expect(found.stratifications[0]?.strata.map(({ counts }) => counts)).toEqual([
      [10, 10],
      [10, 10],
    ])
  })
})

describe('readTable refuses', () => {
  it.each([
    ['an empty file', '', {}, 'it is empty'],
    ['a header alone', 'v,y\n', {}, 'a header and no rows'],
    ['a short row', 'v,y\nA,1\nB\n', {}, 'line 3 has 1 cell, but there are 2 columns'],
    ['a long row', 'v,y\nA,1,2\n', {}, 'line 2 has 3 cells, but there are 2 columns'],
    ['equal names', 'v,y,v\nA,1,2\n', {}, 'columns 1 and 3 are both called "v" (line 1)'],
    [
      'a slip',
      'variant,yy\nA,1\n',
      { variant: 'varaint' },
      'no column "varaint"; did you mean "variant"? Columns: variant, yy',
    ],
    ['an unknown column', 'v,spend\nA,1\n', {}, 'no column "y". Columns: v, spend'],
    ['no header', '1,2\n3,4\n', {}, 'line 1 holds numbers, not the names of the columns'],
    ['another delimiter', 'v;y\nA;1\n', {}, 'a single column, "v;y"; is ";" the delimiter?'],
    ['tabs', 'v\ty\nA\t1\n', {}, 'is a tab the delimiter?'],
    ['a word', 'v,y\nA,1\nB,lots\n', {}, 'line 3, column y: "lots" is not a number'],
    ['a decimal comma', 'v,y\nA,"1,5"\n', {}, 'write decimals with a point'],
    ['a truth in a mean', 'v,y\nA,TRUE\n', {}, 'use proportion'],
    ['infinity', 'v,y\nA,1\nB,-Infinity\n', {}, 'line 3, column y: "-Infinity" is infinite'],
    ['an enormous number', 'v,y\nA,1e200\n', {}, 'too large'],
    [
      'a proportion of 2',
      'v,y\nA,2\n',
      { metrics: ['y=proportion(y)'] },
      'line 2, column y: "2" is neither 0 nor 1',
    ],
    [
      'a sum that is no proportion',
      'v,y,z\nA,1,1\n',
      { metrics: ['p=proportion(y+z)'] },
      'column y + z: "2" is neither 0 nor 1',
    ],
    ['a count of 1.5', 'v,y\nA,1.5\n', { metrics: ['y=count(y)'] }, 'line 2, column y: "1.5" is not a count'],
    [
      'two metrics of a name',
      'v,y\nA,1\n',
      { metrics: ['y=mean(y)', 'y=count(y)'] },
      'two metrics are called y',
    ],
    ['a delimiter of two characters', 'v,y\nA,1\n', { delimiter: '::' }, 'cannot be a delimiter'],
    ['a quote as delimiter', 'v,y\nA,1\n', { delimiter: '"' }, 'cannot be a delimiter'],
    ['a file without variants', 'v,y\n,1\n', {}, 'no row has a variant in column v'],
  ] as const)('%s', async (_, csv, asked, reason) => {
    expect(await refusal(csv, asked as Asked)).toContain(reason)
  })

  it('more than 1,000 variants', async () => {
    const csv = `v,y\n${Array.from({ length: 1001 }, (_, i) => `user${i},1`).join('\n')}`
    expect(await refusal(csv)).toContain('the variant on line 1002 is number 1001')
  })

  it('variants that are not UTF-8', async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('v,y\nA,1\n'),
      0xfc,
      ...new TextEncoder().encode(',2\n'),
    ])
    expect(await refusal(bytes)).toContain('line 3 holds text that is not UTF-8')
  })

  it('lines after quoted line breaks by their line in the file', async () => {
    expect(await refusal('v,y,note\nA,1,"two\nlines"\nB,x,\n')).toContain('line 4, column y')
  })
})
