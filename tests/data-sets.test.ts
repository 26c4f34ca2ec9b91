import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Analysis, type ComputedComparison, readTable, type StratumCheck } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { holm } from '../packages/engine/src/statistics/multiplicity/multiple-comparisons.ts'
import { analyseFile } from '../packages/server/src/cli/analyse/analyse-file.ts'
import { type AnalyseOptions, questionFrom } from '../packages/server/src/cli/analyse/options.ts'
import { planFrom } from '../packages/server/src/cli/analyse/plan.ts'

/**
 * `helios analyse` against SciPy and statsmodels on four published data sets: every number that both
 * compute by the same method, to nine digits. The data sets are not part of the project; HELIOS_DATA names
 * the folder in which they lie.
 */
const ROOT = join(import.meta.dirname, '..')
const DATA = process.env['HELIOS_DATA'] ?? join(ROOT, '../shared/data')
const SETS = ['hillstrom', 'cookie-cats', 'adsmart', 'upworthy']
const absent = SETS.filter((name) => !existsSync(join(DATA, name, 'reference.json')))
if (absent.length > 0) {
  console.warn(
    `\n  LEFT OUT: comparison with SciPy on ${absent.join(', ')}; set HELIOS_DATA to their folder (now ${DATA}).\n`,
  )
}

const RELATIVE_TOLERANCE = 1e-9
const FEWEST_FOR_WALD = 10

interface ReferenceProportion {
  readonly control: ReferenceCounts
  readonly treatment: ReferenceCounts
  readonly diff: number
  readonly rel_lift: number
  readonly z_unpooled: number
  readonly p_z_unpooled_two_sided: number
  readonly p_z_pooled_two_sided: number
  readonly ci95_wald: Ends
  readonly ci95_newcombe: Ends
  readonly ci95_rel_lift_delta: Ends
  readonly chi2: { readonly stat: number; readonly p: number }
}

interface ReferenceCounts {
  readonly n: number
  readonly x: number
  readonly rate: number
}

interface ReferenceMean {
  readonly control: ReferenceMoments
  readonly treatment: ReferenceMoments
  readonly diff: number
  readonly rel_lift: number
  readonly welch: { readonly t: number; readonly df: number; readonly p: number; readonly ci95: Ends }
  readonly rel_lift_ci95_delta: Ends
}

interface ReferenceMoments {
  readonly n: number
  readonly mean: number
  readonly var: number
}

interface ReferenceSampleRatio {
  readonly counts: readonly number[]
  readonly chi2: number
  readonly df: number
  readonly p: number
}

type Ends = readonly [low: number, high: number]

function pathOf(...parts: string[]): string {
  return join(DATA, ...parts)
}

function referenceOf<T>(name: string): T {
  return JSON.parse(readFileSync(pathOf(name, 'reference.json'), 'utf8')) as T
}

async function analyse(file: string, options: AnalyseOptions): Promise<{ rows: number } & Analysis> {
  const { question, settings } = planFrom(options)
  const analysis = await analyseFile(file, question, settings)
  if (!('metrics' in analysis)) throw new Error('one experiment was expected')
  return analysis
}

function expectClose(actual: number | undefined, expected: number, what: string): void {
  const error = Math.abs((actual ?? Number.NaN) - expected)
  expect(error <= RELATIVE_TOLERANCE * Math.abs(expected), `${what}: ${actual} instead of ${expected}`).toBe(
    true,
  )
}

function expectEnds(actual: { low: number; high: number }, [low, high]: Ends, what: string): void {
  expectClose(actual.low, low, `${what}, low`)
  expectClose(actual.high, high, `${what}, high`)
}

function comparisonOf(analysis: Analysis, metric: string, variant: string): ComputedComparison {
  const comparison = analysis.metrics[metric]?.comparisons[variant]
  if (comparison?.status !== 'ok') throw new Error(`${metric} of ${variant} was not computed`)
  return comparison
}

function expectSampleRatio(
  { sampleRatio }: Analysis,
  variants: readonly string[],
  reference: ReferenceSampleRatio,
): void {
  expect(variants.map((variant) => sampleRatio.counts[variant])).toEqual(reference.counts)
  expectClose(sampleRatio.statistic, reference.chi2, 'chi-square of the sample ratio')
  expectClose(sampleRatio.pValue, reference.p, 'p of the sample ratio')
  expect(sampleRatio.degreesOfFreedom).toBe(reference.df)
}

function expectProportion(
  analysis: Analysis,
  metric: string,
  variant: string,
  reference: ReferenceProportion,
): void {
  for (const [name, { n, x, rate }] of [
    [analysis.control, reference.control],
    [variant, reference.treatment],
  ] as const) {
    const summary = analysis.metrics[metric]?.variants[name]
    expect(summary?.n).toBe(n)
    expectClose(summary?.mean, rate, `rate of ${name}`)
    expectClose(summary?.variance, (x * (n - x)) / (n * (n - 1)), `variance of ${name}`)
  }
  const comparison = comparisonOf(analysis, metric, variant)
  const cells = [reference.control, reference.treatment].flatMap(({ n, x }) => [x, n - x])
  const isSmall = Math.min(...cells) < FEWEST_FOR_WALD
  expectClose(comparison.absolute.estimate, reference.diff, 'difference')
  expectEnds(
    comparison.absolute,
    isSmall ? reference.ci95_newcombe : reference.ci95_wald,
    'interval of the difference',
  )
  if (comparison.relative.status !== 'ok') throw new Error('the relative difference was not computed')
  expectClose(comparison.relative.estimate, reference.rel_lift, 'relative difference')
  if (isSmall) return
  expectClose(comparison.statistic, reference.z_unpooled, 'z')
  expectClose(comparison.pValue, reference.p_z_unpooled_two_sided, 'p')
  expectEnds(comparison.relative, reference.ci95_rel_lift_delta, 'interval of the relative difference')
}

function expectMean(analysis: Analysis, metric: string, variant: string, reference: ReferenceMean): void {
  for (const [name, { n, mean, var: variance }] of [
    [analysis.control, reference.control],
    [variant, reference.treatment],
  ] as const) {
    const summary = analysis.metrics[metric]?.variants[name]
    expect(summary?.n).toBe(n)
    expectClose(summary?.mean, mean, `mean of ${name}`)
    expectClose(summary?.variance, variance, `variance of ${name}`)
  }
  const comparison = comparisonOf(analysis, metric, variant)
  expectClose(comparison.absolute.estimate, reference.diff, 'difference')
  expectClose(comparison.statistic, reference.welch.t, 't')
  expectClose(comparison.degreesOfFreedom, reference.welch.df, 'degrees of freedom')
  expectClose(comparison.pValue, reference.welch.p, 'p')
  expectEnds(comparison.absolute, reference.welch.ci95, 'interval of the difference')
  if (comparison.relative.status !== 'ok') throw new Error('the relative difference was not computed')
  expectClose(comparison.relative.estimate, reference.rel_lift, 'relative difference')
  expectEnds(comparison.relative, reference.rel_lift_ci95_delta, 'interval of the relative difference')
}

describe.skipIf(absent.includes('hillstrom'))('Hillstrom: e-mail, three variants', () => {
  const file = pathOf('hillstrom', 'hillstrom.csv')
  const options = {
    variant: 'segment',
    control: 'No E-Mail',
    metric: ['visit=proportion(visit)', 'conversion=proportion(conversion)', 'spend=mean(spend)'],
  }
  interface Reference {
    readonly rows: number
    readonly srm: ReferenceSampleRatio
    readonly 'Mens E-Mail': Arm
    readonly 'Womens E-Mail': Arm
    readonly Womens_vs_Mens_visit: ReferenceProportion
    readonly visit_3arm_chi2: { readonly stat: number; readonly df: number; readonly p: number }
  }
  interface Arm {
    readonly visit: ReferenceProportion
    readonly conversion: ReferenceProportion
    readonly spend: ReferenceMean
  }

  it('agrees on the sample ratio and on every comparison with the control', async () => {
    const reference = referenceOf<Reference>('hillstrom')
    const analysis = await analyse(file, options)
    expect(analysis.rows).toBe(reference.rows)
    expect(analysis.status).toBe('ok')
    expectSampleRatio(analysis, ['No E-Mail', 'Mens E-Mail', 'Womens E-Mail'], reference.srm)
    for (const variant of ['Mens E-Mail', 'Womens E-Mail'] as const) {
      expectProportion(analysis, 'visit', variant, reference[variant].visit)
      expectProportion(analysis, 'conversion', variant, reference[variant].conversion)
      expectMean(analysis, 'spend', variant, reference[variant].spend)
    }
    const omnibus = analysis.metrics['visit']?.omnibus
    expectClose(omnibus?.statistic, reference.visit_3arm_chi2.stat, 'omnibus chi-square')
    expectClose(omnibus?.pValue, reference.visit_3arm_chi2.p, 'omnibus p')
    expect(omnibus?.degreesOfFreedom).toBe(reference.visit_3arm_chi2.df)
  })

  it('agrees with another control, in a part of the rows', async () => {
    const analysis = await analyse(file, {
      ...options,
      control: 'Mens E-Mail',
      where: ['segment != No E-Mail'],
    })
    expectProportion(
      analysis,
      'visit',
      'Womens E-Mail',
      referenceOf<Reference>('hillstrom').Womens_vs_Mens_visit,
    )
  })

  it('answers the same through the command line', async () => {
    const flags = [
      '--variant',
      options.variant,
      '--control',
      options.control,
      ...options.metric.flatMap((metric) => ['--metric', metric]),
    ]
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'packages/server/bin/helios.cjs'), 'analyse', file, ...flags, '--json'],
      { maxBuffer: 1e8 },
    )
    // The command line also names its procedure.
    expect(JSON.parse(stdout)).toMatchObject(JSON.parse(JSON.stringify(await analyse(file, options))))
  })
})

describe.skipIf(absent.includes('cookie-cats'))(
  'Cookie Cats: a game, heavy tails, suspicious sample sizes',
  () => {
    interface Reference {
      readonly rows: number
      readonly srm: ReferenceSampleRatio
      readonly retention_1: ReferenceProportion
      readonly retention_7: ReferenceProportion
      readonly sum_gamerounds_raw: ReferenceMean
      readonly holm_three_metrics: readonly number[]
    }

    it('agrees on everything, by rows and by named units', async () => {
      const reference = referenceOf<Reference>('cookie-cats')
      const metric = [
        'r1=proportion(retention_1)',
        'r7=proportion(retention_7)',
        'rounds=mean(sum_gamerounds)',
      ]
      for (const unit of [{}, { unit: 'userid' }]) {
        const analysis = await analyse(pathOf('cookie-cats', 'cookie_cats.csv'), {
          variant: 'version',
          control: 'gate_30',
          metric,
          ...unit,
        })
        expect([analysis.rows, analysis.units]).toEqual([reference.rows, reference.rows])
        expect(analysis.status).toBe('ok')
        expect(analysis.warnings.map(({ code }) => code)).toContain('sample-ratio-suspicious')
        expectSampleRatio(analysis, ['gate_30', 'gate_40'], reference.srm)
        expectProportion(analysis, 'r1', 'gate_40', reference.retention_1)
        expectProportion(analysis, 'r7', 'gate_40', reference.retention_7)
        expectMean(analysis, 'rounds', 'gate_40', reference.sum_gamerounds_raw)
        for (const [name, { chi2 }] of [
          ['r1', reference.retention_1],
          ['r7', reference.retention_7],
        ] as const) {
          expectClose(analysis.metrics[name]?.omnibus?.statistic, chi2.stat, 'chi-square')
          expectClose(analysis.metrics[name]?.omnibus?.pValue, chi2.p, 'p of chi-square')
        }
        expectAdjusted(analysis, reference)
      }
    })

    /** The reference adjusted the pooled test's p-values; ours are unpooled, so each is compared on its own. */
    function expectAdjusted(
      analysis: Analysis,
      { retention_1, retention_7, sum_gamerounds_raw, holm_three_metrics }: Reference,
    ): void {
      const means = sum_gamerounds_raw.welch.p
      const pooled = holm([retention_1.p_z_pooled_two_sided, retention_7.p_z_pooled_two_sided, means])
      for (const [i, expected] of holm_three_metrics.entries()) expectClose(pooled[i], expected, 'Holm')
      const unpooled = holm([retention_1.p_z_unpooled_two_sided, retention_7.p_z_unpooled_two_sided, means])
      for (const [i, name] of ['r1', 'r7', 'rounds'].entries()) {
        const comparison = analysis.metrics[name]?.comparisons['gate_40']
        if (comparison?.status !== 'ok') throw new Error(`${name} was not computed`)
        expectClose(comparison.pValueAdjusted, unpooled[i] as number, `adjusted p of ${name}`)
      }
    }
  },
)

describe.skipIf(absent.includes('adsmart'))('AdSmart: a survey whose allocation differs by day', () => {
  const file = pathOf('adsmart', 'AdSmartABdata.csv')
  const options = { variant: 'experiment', control: 'control' }
  interface Reference {
    readonly rows: number
    readonly srm_all: ReferenceSampleRatio
    readonly respondents: ReferenceProportion
    readonly response_rate: ReferenceProportion
    readonly by_date_counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
  const reference = () => referenceOf<Reference>('adsmart')

  it('agrees on the response rate, and names the row that is none', async () => {
    const analysis = await analyse(file, { ...options, metric: ['response=proportion(yes+no)'] })
    expect(analysis.rows).toBe(reference().rows)
    expectSampleRatio(analysis, ['control', 'exposed'], reference().srm_all)
    expectProportion(analysis, 'response', 'exposed', reference().response_rate)
    expect(analysis.warnings.find(({ code }) => code === 'rows-skipped')?.message).toContain(
      '1 row has no variant',
    )
  })

  it('agrees on the answers of those who responded', async () => {
    const analysis = await analyse(file, {
      ...options,
      metric: ['awareness=proportion(yes)'],
      where: ['yes+no = 1'],
    })
    expectProportion(analysis, 'awareness', 'exposed', reference().respondents)
  })

  it('warns, unasked, that the allocation varies by day', async () => {
    const analysis = await analyse(file, { ...options, metric: ['response=proportion(yes+no)'] })
    const warning = analysis.warnings.find(({ code }) => code === 'allocation-varies')
    expect(warning?.message).toContain('7/3/2020')
    const byDate = analysis.sampleRatio.strata?.[0] as StratumCheck
    expect([byDate.name, byDate.strata]).toEqual(['date', 8])
    expect(byDate.pValue).toBeLessThan(1e-100)
    expect(byDate.worst[0]?.stratum).toBe('7/3/2020')
  })

  it('counts every day as the reference does', async () => {
    const question = questionFrom({ ...options, metric: ['response=proportion(yes+no)'] })
    const [experiment] = (await readTable([readFileSync(file)], question)).experiments
    const strata = experiment?.stratifications[0]?.strata ?? []
    const counted = strata.map(({ stratum, counts: [control, exposed] }) => [stratum, { control, exposed }])
    expect(Object.fromEntries(counted)).toEqual(reference().by_date_counts)
  })
})

describe.skipIf(absent.includes('upworthy'))('Upworthy: thousands of headline tests', () => {
  interface Reference {
    readonly packages: number
    readonly tests: number
    readonly impressions: number
    readonly tests_analysed: number
    readonly 'p_below_.05': number
    readonly 'bh_discoveries_.05': number
    readonly 'holm_.05': number
    readonly 'bonferroni_.05': number
    readonly 'srm_p_below_.001': number
  }
  const options = {
    variant: 'package_no',
    control: '0',
    units: 'impressions',
    experiment: 'clickability_test_id',
    metric: ['ctr=proportion(clicks)'],
  }

  async function analyseAll(evenIfMisleading: boolean) {
    const file = pathOf('upworthy', 'packages.csv')
    const analysis = await analyseFile(file, questionFrom(options), { alpha: 0.05, evenIfMisleading })
    if (!('experiments' in analysis)) throw new Error('many experiments were expected')
    return analysis
  }

  it('agrees on every test and on all of them together', async () => {
    const reference = referenceOf<Reference>('upworthy')
    const { rows, experiments, summary } = await analyseAll(true)
    expect(rows).toBe(reference.packages)
    expect(experiments.reduce((sum, { units }) => sum + units, 0)).toBe(reference.impressions)
    expect(summary).toMatchObject({
      experiments: reference.tests,
      sampleRatioFailures: reference['srm_p_below_.001'],
    })
    expect(summary.metrics['ctr']).toMatchObject({
      tested: reference.tests_analysed,
      belowAlpha: reference['p_below_.05'],
      discoveries: {
        benjaminiHochberg: reference['bh_discoveries_.05'],
        holm: reference['holm_.05'],
        bonferroni: reference['bonferroni_.05'],
      },
    })
    const byName = new Map(experiments.map((experiment) => [experiment.experiment, experiment]))
    const perTest = readFileSync(pathOf('upworthy', 'reference-per-test.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    expect(perTest).toHaveLength(reference.tests_analysed)
    for (const line of perTest) {
      const [test = '', k, n, , chi2, p, sampleRatioChi2, sampleRatioP] = line.split(',')
      const experiment = byName.get(test)
      const omnibus = experiment?.metrics['ctr']?.omnibus
      expect(Object.keys(experiment?.sampleRatio.counts ?? {}), test).toHaveLength(Number(k))
      expect(experiment?.units, test).toBe(Number(n))
      expectClose(omnibus?.statistic, Number(chi2), `${test} chi-square`)
      expectClose(omnibus?.pValue, Number(p), `${test} p`)
      expectClose(
        experiment?.sampleRatio.statistic,
        Number(sampleRatioChi2),
        `${test} chi-square of the sample ratio`,
      )
      expectClose(experiment?.sampleRatio.pValue, Number(sampleRatioP), `${test} p of the sample ratio`)
    }
  })

  it('leaves tests with a broken sample ratio out unless it is forced', async () => {
    const reference = referenceOf<Reference>('upworthy')
    const { experiments, summary } = await analyseAll(false)
    expect(summary.refused).toBe(reference['srm_p_below_.001'])
    expect(summary.metrics['ctr']?.tested).toBe(reference.tests_analysed - summary.refused)
    const refused = experiments.filter(({ status }) => status === 'refused')
    expect(refused.every(({ metrics }) => Object.keys(metrics).length === 0)).toBe(true)
  })
})
