/** How charts look where they stand: colours of the scheme, font, and the width that they have. */
export interface ChartTheme {
  readonly scheme: 'light' | 'dark'
  /** CSS pixels; builders lay out for it. */
  readonly width: number
  readonly fontFamily: string
  readonly surface: string
  readonly text: string
  readonly muted: string
  readonly line: string
  /** The control, in every chart. */
  readonly control: string
  /**
   * Treatments. Each has at least 3:1 against the surface (WCAG 2.2, 1.4.11), and any two, the control
   * included, stay apart for people with protanopia, deuteranopia and tritanopia.
   */
  readonly palette: readonly string[]
  /** What an effect means. */
  readonly good: string
  readonly bad: string
  readonly neutral: string
}

/** Single quotes: in Node, ECharts puts it into an attribute as it is. */
const FONT_FAMILY =
  "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
/** Of a chart whose place is not known yet. */
const USUAL_WIDTH = 960
/** Below this there is no room to draw in. */
const LEAST_WIDTH = 240

const COLOURS = {
  light: {
    surface: '#ffffff',
    text: '#1c1917',
    muted: '#5c554e',
    line: '#e7e2d9',
    control: '#6b645b',
    palette: ['#2563c9', '#d97a06', '#1898b7', '#760a03', '#552660', '#1e20a3'],
    good: '#14713f',
    bad: '#b3261e',
    neutral: '#5c554e',
  },
  dark: {
    surface: '#1f1c19',
    text: '#f5f1eb',
    muted: '#b3aaa0',
    line: '#35302b',
    control: '#b3aaa0',
    palette: ['#6aa9ff', '#f59e0b', '#1edff9', '#c32e85', '#7b6c01', '#3270d6'],
    good: '#86e0a5',
    bad: '#ff9b92',
    neutral: '#b3aaa0',
  },
} as const

/** Theme of a chart that is `width` CSS pixels wide. */
export function chartTheme(scheme: 'light' | 'dark', width = USUAL_WIDTH): ChartTheme {
  const known = width > 0 && Number.isFinite(width) ? width : USUAL_WIDTH
  return { scheme, width: Math.max(LEAST_WIDTH, known), fontFamily: FONT_FAMILY, ...COLOURS[scheme] }
}
