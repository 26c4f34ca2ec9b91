import { describe, expect, it } from 'vitest'
import { type ChartTheme, chartTheme } from './chart-theme.ts'

type Rgb = readonly [number, number, number]

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [x, y] = [luminance(linear(a)), luminance(linear(b))]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** Ottosson (2020), OKLab. */
function lab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; on linear RGB. */
const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen(hex: string, vision: readonly Rgb[]): Rgb {
  const [r, g, b] = linear(hex)
  const [x = 0, y = 0, z = 0] = vision.map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  )
  return lab([x, y, z])
}

function distance(a: string, b: string, vision: readonly Rgb[]): number {
  const [p, q] = [seen(a, vision), seen(b, vision)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

function pairs(theme: ChartTheme): [string, string][] {
  const all = [theme.control, ...theme.palette]
  return all.flatMap((a, i) => all.slice(i + 1).map((b): [string, string] => [a, b]))
}

describe.each(['light', 'dark'] as const)('the %s theme', (scheme) => {
  const theme = chartTheme(scheme)

  it('has marks of at least 3:1 and words of at least 4.5:1 against the surface', () => {
    for (const color of [theme.control, ...theme.palette]) {
      expect(contrast(color, theme.surface), color).toBeGreaterThanOrEqual(3)
    }
    for (const color of [theme.text, theme.muted, theme.good, theme.bad, theme.neutral]) {
      expect(contrast(color, theme.surface), color).toBeGreaterThanOrEqual(4.5)
    }
  })

  // A tenth of OKLab's lightness scale is about five times a just noticeable difference.
  it.each(Object.entries(VISIONS))('keeps variants apart with %s vision', (_, vision) => {
    for (const [a, b] of pairs(theme)) {
      expect(distance(a, b, vision), `${a} and ${b}`).toBeGreaterThanOrEqual(0.1)
    }
  })
})

describe('the width of a theme', () => {
  it('is a usual one until it is known, and never too small to draw in', () => {
    for (const unknown of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(chartTheme('light', unknown).width).toBe(960)
    }
    expect(chartTheme('light', 360).width).toBe(360)
    expect(chartTheme('light', 20).width).toBe(240)
  })
})
