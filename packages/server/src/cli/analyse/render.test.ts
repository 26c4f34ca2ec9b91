import type { Analysis, MetricAnalysis, VariantComparison } from '@helios/engine'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { renderAnalysis } from './render-analysis.ts'
import { styleFor } from './style.ts'
import { displayWidth } from './terminal-text.ts'

const PLAIN_TEXT = pc.createColors(false)
const COLOURED = pc.createColors(true)

function compared(
  estimate: number,
  half: number,
  p: number,
  relative?: VariantComparison,
): VariantComparison {
  const interval = (centre: number, width: number) => ({
    estimate: centre,
    low: centre - width,
    high: centre + width,
  })
  const failed = relative?.status === 'not-computable' ? relative : undefined
  return {
    status: 'ok',
    method: "Welch's t",
    inference: 'fixed-horizon',
    absolute: interval(estimate, half),
    relative: failed ?? { status: 'ok', method: 'delta method', ...interval(estimate / 2, half / 2) },
    standardError: half / 2,
    statistic: estimate / half,
    pValue: p,
    log10PValue: Math.log10(p),
    alpha: 0.05,
    assumptions: [],
    pValueAdjusted: Math.min(1, p * 2),
  }
}

const NOT_COMPUTABLE: VariantComparison = {
  status: 'not-computable',
  reason: 'zero-variance',
  message: 'All units have the same value, so there is nothing to compare with.',
}

function metric(
  comparisons: Record<string, VariantComparison>,
  over: Partial<MetricAnalysis> = {},
): MetricAnalysis {
  const names = ['control', ...Object.keys(comparisons)]
  return {
    role: 'primary',
    kind: 'mean',
    direction: 'increase',
    variants: Object.fromEntries(names.map((name) => [name, { n: 12_345, mean: 2, variance: 1 }])),
    comparisons,
    ...over,
  }
}

function analysis(metrics: Record<string, MetricAnalysis>, over: Partial<Analysis> = {}): Analysis {
  const names = Object.keys(Object.values(metrics)[0]?.variants ?? { control: 1, b: 1 })
  const counts = Object.fromEntries(names.map((name) => [name, 12_345]))
  return {
    status: 'ok',
    refusals: [],
    warnings: [{ code: 'fixed-horizon', message: 'One look only, at a size planned before.' }],
    units: 24_690,
    control: 'control',
    sampleRatio: { pValue: 0.4, statistic: 1, degreesOfFreedom: 1, counts, expected: counts },
    crossover: { units: 0, share: 0 },
    alpha: 0.05,
    method: 'fixed-horizon',
    correction: { method: 'holm', comparisons: 2 },
    metrics,
    health: { score: 1, parts: [] },
    stopping: { shouldStop: false, reasons: [], variants: [], waitingFor: [] },
    recommendations: [],
    ...over,
  }
}

function render(of: Analysis, width = 80, colours = PLAIN_TEXT): string {
  return renderAnalysis({ file: 'test.csv', rows: 24_690 }, of, styleFor(width, colours))
}

describe('renderAnalysis', () => {
  const three = analysis({
    y: metric({ up: compared(1, 0.5, 1e-4), down: compared(-1, 0.5, 1e-4), same: compared(0.1, 0.5, 0.7) }),
  })

  it('says in words which variants are higher, lower or unclear', () => {
    const lines = render(three).split('\n')
    expect(lines.find((line) => line.includes('up') && line.includes('●'))).toMatch(/▲ higher$/)
    expect(lines.find((line) => line.includes('down') && line.includes('●'))).toMatch(/▼ lower$/)
    expect(lines.find((line) => line.includes('same') && line.includes('●'))).toMatch(/┼.*· unclear$/)
  })

  it('judges by the adjusted p-value', () => {
    expect(render(analysis({ y: metric({ b: compared(1, 0.9, 0.03) }) }))).toContain('· unclear')
  })

  it('keeps to the width of the terminal, and says the same with and without colours', () => {
    const long = 'A variant with quite a long name, as people give them'
    const wide = analysis({
      'revenue per customer': metric({
        [long]: compared(12_345.678, 23_456.7, 0.012),
        日本語のバリアント: compared(-1, 0.5, 1e-200),
      }),
    })
    for (const of of [three, wide]) {
      for (const width of [76, 80, 120]) {
        for (const line of render(of, width).split('\n'))
          expect(displayWidth(line), line).toBeLessThanOrEqual(width)
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is looked for
      expect(render(of, 80, COLOURED).replace(/\u001b\[\d+m/g, '')).toBe(render(of, 80))
    }
    expect(render(three, 80, COLOURED)).toContain(COLOURED.green('▲ higher'))
  })

  it('tells the sample ratio in words', () => {
    const withP = (pValue: number) => render(analysis({}, { sampleRatio: { ...three.sampleRatio, pValue } }))
    expect(withP(0.4)).toContain('Sample ratio  ✓ ok  p = 0.40')
    expect(withP(0.0086)).toContain('Sample ratio  ! suspicious  p = 0.0086')
    expect(withP(1e-9)).toContain('Sample ratio  ✗ mismatch  p = 1.0e-9')
  })

  it('says what was expected, and which strata differ', () => {
    const expected = { control: 12_345, up: 24_690, down: 12_345, same: 0 }
    const strata = [{ name: 'date', strata: 8, pValue: 1e-30, statistic: 1, degreesOfFreedom: 7, worst: [] }]
    const text = render({ ...three, sampleRatio: { ...three.sampleRatio, expected, strata } })
    expect(text).toContain('up 12,345 (25.00 %, expected 50.00 %)')
    expect(text).toContain('by date, 8 values  ✗ differs  p = 1.0e-30')
    expect(render(three)).toContain('expected 25.00 % each')
  })

  it('tells of units that were seen in two variants', () => {
    expect(render(analysis({}, { crossover: { units: 12, share: 0.0005 } }))).toContain(
      '12 units (0.05 %) were seen in more than one variant',
    )
    expect(render(three)).not.toContain('more than one variant')
  })

  it('explains what could not be computed', () => {
    const zero = {
      ...NOT_COMPUTABLE,
      reason: 'baseline-zero',
      message: 'The control has mean zero.',
    } as const
    const text = render(analysis({ y: metric({ b: NOT_COMPUTABLE, c: compared(1, 0.5, 0.001, zero) }) }))
    expect(text).toContain('b: All units have the same value')
    expect(text).toContain('c: The control has mean zero.')
    expect(text.match(/●/g)).toHaveLength(1)
    expect(render(analysis({ y: metric({ b: NOT_COMPUTABLE }) }))).not.toContain('difference from')
  })

  it('shows a refusal and how to see the numbers, or that they were forced', () => {
    const refused = { status: 'refused', refusals: [{ code: 'crossover', message: 'Mixed.' }] } as const
    expect(render(analysis({}, refused))).toContain('✗ Refused (crossover): Mixed.')
    expect(render(analysis({}, refused))).toContain('--force shows them')
    expect(render(analysis(three.metrics, refused))).toContain('because of --force')
  })

  it('names methods, the correction and the test over all variants', () => {
    const omnibus = { method: 'chi-square', statistic: 1, degreesOfFreedom: 2, pValue: 0.0123 }
    const text = render(
      analysis({
        y: metric({ b: compared(1, 1, 0.1), c: compared(1, 1, 0.1) }, { kind: 'proportion', omnibus }),
      }),
    )
    expect(text.replace(/\s+/g, ' ')).toContain(
      "Methods: Welch's t; relative: delta method; p adjusted by Holm's method over 2 comparisons; each interval 95 %.",
    )
    expect(text).toContain('any difference among the 3 variants: p = 0.012')
    expect(text).toContain('in percentage points')
  })

  it('shows forty variants and counts the rest', () => {
    const many = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`v${i}`, compared(1, 1, 0.1)]))
    const text = render(analysis({ y: metric(many) }))
    expect(text).toContain('and 5 more variants; --json lists all')
  })

  it('prints no control character of a file', () => {
    expect(render(analysis({ y: metric({ 'b\u001b[31m': compared(1, 1, 0.1) }) }))).not.toContain('\u001b')
  })
})
