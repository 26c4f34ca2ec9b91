import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { styleFor } from '../analyse/style.ts'
import { displayWidth } from '../analyse/terminal-text.ts'
import type { PowerOptions } from './options.ts'
import { plotPower } from './power-plot.ts'
import { runPower } from './run.ts'

function run(options: PowerOptions, width = 80) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text
    },
  })
  const output = { stdout: stream('stdout'), stderr: stream('stderr') }
  const code = runPower(options, output, styleFor(width, pc.createColors(false)))
  return { code, ...written }
}

const CONVERSION: PowerOptions = { baseline: '10%', effect: '20%' }

describe('helios power', () => {
  it('says how many units, how long, and what else there is', () => {
    const { code, stdout, stderr } = run({ ...CONVERSION, perDay: '1000' })
    expect([code, stderr]).toEqual([0, ''])
    const text = stdout.replaceAll('\n', ' ')
    for (const part of [
      'To find a change of +20 % (10 % to 12 %) with 80 % power takes 3,841 units per variant (7,682 in all).',
      'They come in 8 days; run 2 whole weeks',
      '14,751 (30)',
      '◆',
      'Fleiss',
    ])
      expect(text).toContain(part)
  })

  it.each([
    [
      { metric: 'mean', baseline: '40', standardDeviation: '20', days: '14', perDay: '500' },
      'With 3,500 units per variant (7,000 in all) you can find a change of +3.35 %',
    ],
    [{ ...CONVERSION, units: '2000' }, 'the power to find a change of +20 % (10 % to 12 %) is 52.4 %'],
    [{ ...CONVERSION, effect: '-2%', absolute: true }, 'find a change of −2 pp (10 % to 8 %)'],
    [
      { ...CONVERSION, effect: '-5%', hypothesis: 'non-inferiority' },
      'show that the variant is not lower by 5 % or more, if there is no difference,',
    ],
    [{ ...CONVERSION, hypothesis: 'equivalence' }, 'show a difference below 20 % either way'],
    [
      { ...CONVERSION, method: 'always-valid' },
      'Looking more than once takes 54.5 % more units than a single look',
    ],
    [
      { ...CONVERSION, variants: '5', correction: 'dunnett', controlRatio: 'optimal' },
      'units in each treatment and',
    ],
    [{ ...CONVERSION, clusterSize: '20', intraclassCorrelation: '0.05' }, 'count 1.95 times less'],
    [{ ...CONVERSION, covariateCorrelation: '0.7' }, 'share that covariates explain'],
    [
      { metric: 'count', baseline: '3', dispersion: '2', units: '1000', decrease: true },
      'a change of −9.97 %',
    ],
    [
      { metric: 'ratio', numerator: '3,2', denominator: '10,5', correlation: '0.6', effect: '5%' },
      'find a change of +5 % (0.3 to 0.315)',
    ],
  ] as const)('%j', (options, part) => {
    const { code, stdout } = run(options)
    expect(code).toBe(0)
    expect(stdout.replaceAll(/\n */g, ' ')).toContain(part)
  })

  it('stays within the terminal', () => {
    const options = { ...CONVERSION, effect: '0.01%', perDay: '1000', variants: '4', controlRatio: '2.5' }
    for (const width of [76, 80, 132])
      for (const line of run(options, width).stdout.split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  it('prints JSON and nothing else', () => {
    const { stdout, stderr } = run({ ...CONVERSION, json: true })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ status: 'answered', answer: { unitsPerVariant: 3841 } })
  })

  it.each<[PowerOptions, number, string]>([
    [{ effect: '5%' }, 2, '--baseline'],
    [{ baseline: '10%' }, 2, 'give two of --units, --effect and --power'],
    [{ ...CONVERSION, units: '100', power: '0.8' }, 2, 'give two of'],
    [{ ...CONVERSION, effect: 'some' }, 2, '--effect must be a number such as 0.05 or 5%'],
    [{ ...CONVERSION, effect: '1e999' }, 2, '--effect must be a number'],
    [{ ...CONVERSION, effect: '1000%' }, 2, '--effect takes the metric to where it cannot be'],
    [{ ...CONVERSION, alpha: '5' }, 2, '--alpha must be above 0 and below 1'],
    [
      { ...CONVERSION, method: 'bayesian' },
      2,
      '--method must be fixed-horizon, always-valid or group-sequential',
    ],
    [{ ...CONVERSION, looks: '3' }, 2, '--looks belongs to'],
    [{ ...CONVERSION, spending: 'pocock' }, 2, '--spending belongs to'],
    [{ ...CONVERSION, sides: '3' }, 2, '--sides must be 1 or 2'],
    [{ ...CONVERSION, standardDeviation: '1' }, 2, '--standard-deviation belongs to --metric mean'],
    [{ ...CONVERSION, coverage: '50%' }, 2, '--coverage needs --per-day'],
    [{ baseline: '10%', days: '7' }, 2, '--days needs --per-day'],
    [{ ...CONVERSION, clusterSize: '5' }, 2, 'clusters need both'],
    [{ metric: 'mean', baseline: '0', standardDeviation: '1', effect: '5%' }, 2, '(--absolute)'],
    [
      { metric: 'ratio', numerator: '3', denominator: '10,5', correlation: '0', effect: '5%' },
      2,
      '--numerator',
    ],
    [{ ...CONVERSION, effect: '1e-9' }, 1, 'more units than exist'],
    [{ baseline: '10%', units: '2' }, 1, 'so few units find no effect'],
  ])('%j ends with %d', (options, expected, part) => {
    const { code, stdout, stderr } = run(options)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toContain(part)
    const told = run({ ...options, json: true })
    expect([told.code, told.stdout]).toEqual([expected, ''])
    const { error } = JSON.parse(told.stderr)
    expect(error.code).toMatch(expected === 2 ? /^HEL_USAGE$/ : /^[a-z-]+$/)
    expect(error.message).toContain(part)
  })
})

describe('the power curve', () => {
  it('rises from the left to the right, through the answer', () => {
    const points = [10, 20, 30, 40].map((units) => ({ unitsPerVariant: units, power: units / 40 }))
    const lines = plotPower({ points, target: 0.8, answer: { unitsPerVariant: 20, power: 0.5 }, width: 41 })
    const rowOf = (column: number) => lines.findIndex((line) => /[•◆]/.test(line[column + 7] ?? ' '))
    const rows = [10, 15, 20, 25, 30, 35, 40].map(rowOf)
    expect(rows).toEqual([...rows].sort((a, b) => b - a))
    expect(lines[5]).toContain('◆')
    expect(lines[2]).toContain('┄')
    expect(lines.at(-1)).toMatch(/0 +20 +40$/)
  })
})
