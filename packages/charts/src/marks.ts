import type { NamedVariant } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'

/** Colour and shape of each variant: the shape says the same as the colour. */
export interface Mark {
  readonly color: string
  /** SVG path in a box of 12 × 12. */
  readonly path: string
}

/** In two arcs: one that ends where it begins is none once coordinates are rounded. */
const CIRCLE = 'M6,0.5A5.5,5.5 0 1 1 6,11.5A5.5,5.5 0 1 1 6,0.5Z'
const SHAPES = [
  'M6,0.5L11.8,11H0.2Z',
  'M1,1H11V11H1Z',
  'M6,0L12,6L6,12L0,6Z',
  'M0.2,1H11.8L6,11.5Z',
  'M4,0.5H8V4H11.5V8H8V11.5H4V8H0.5V4H4Z',
  'M3,0.8H9L12,6L9,11.2H3L0,6Z',
] as const

/** At most this many treatments are drawn at once: more could not be told apart. */
export const MOST_TREATMENTS = 6

/**
 * Marks of the variants that are shown. The control is always the grey circle; a treatment keeps its mark
 * from chart to chart, unless one that stands before it among those shown has it already.
 */
export function marksOf(
  variants: readonly NamedVariant[],
  shown: readonly NamedVariant[],
  control: string | undefined,
  theme: ChartTheme,
): ReadonlyMap<string, Mark> {
  const treatments = variants.filter(({ key }) => key !== control).map(({ key }) => key)
  const place = new Map(treatments.map((key, i) => [key, i % theme.palette.length]))
  const taken = new Set<number>()
  const marks = new Map<string, Mark>()
  for (const { key } of shown) {
    if (key === control) {
      marks.set(key, { color: theme.control, path: CIRCLE })
      continue
    }
    const wanted = place.get(key) ?? 0
    const free = theme.palette.map((_, i) => (wanted + i) % theme.palette.length).find((i) => !taken.has(i))
    const index = free ?? wanted
    taken.add(index)
    marks.set(key, {
      color: theme.palette[index] ?? theme.neutral,
      path: SHAPES[index % SHAPES.length] ?? CIRCLE,
    })
  }
  return marks
}

export interface Choice {
  /** The control and the largest treatments, in their own order. */
  readonly shown: readonly NamedVariant[]
  readonly left: readonly NamedVariant[]
}

/** All variants when they are few; otherwise the control and the treatments with the most units. */
export function largestVariants(
  variants: readonly NamedVariant[],
  control: string | undefined,
  unitsOf: (key: string) => number,
): Choice {
  const treatments = variants.filter(({ key }) => key !== control)
  const largest = treatments
    .toSorted((a, b) => unitsOf(b.key) - unitsOf(a.key))
    .slice(0, MOST_TREATMENTS)
    .map(({ key }) => key)
  const chosen = new Set(control === undefined ? largest : [...largest, control])
  return {
    shown: variants.filter(({ key }) => chosen.has(key)),
    left: variants.filter(({ key }) => !chosen.has(key)),
  }
}
