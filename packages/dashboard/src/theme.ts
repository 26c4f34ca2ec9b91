import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** From sunlight to ember; shade 8 carries white text, shade 3 is read on dark. */
const ember: MantineColorsTuple = [
  '#fff6ea',
  '#feead0',
  '#fcd39f',
  '#fbbf6a',
  '#f8a63c',
  '#f59e0b',
  '#d97a06',
  '#b4560a',
  '#9a3d0c',
  '#7a300b',
]

/** Greys with a little warmth, light to dark, for text and lines. */
const gray: MantineColorsTuple = [
  '#faf8f4',
  '#f3f0ea',
  '#e7e2d9',
  '#d6cfc4',
  '#b3aaa0',
  '#8b8378',
  '#6b645b',
  '#5c554e',
  '#38332e',
  '#1c1917',
]

/** The dark scheme: 0 is text, 6 a surface, 7 the page. */
const dark: MantineColorsTuple = [
  '#f5f1eb',
  '#d8d1c8',
  '#b3aaa0',
  '#8d857b',
  '#4a443e',
  '#35302b',
  '#1f1c19',
  '#151311',
  '#0e0c0b',
  '#080706',
]

export const theme = createTheme({
  primaryColor: 'ember',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { ember, gray, dark },
  black: '#1c1917',
  fontFamily: '"Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
})
