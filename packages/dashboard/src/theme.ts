import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

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
  '#6b3509',
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

/* Words that tell how things stand: shade 9 is read on shade 1, shade 8 carries white, shade 3 carries black. */
const red: MantineColorsTuple = [
  '#fff4f2',
  '#fde6e3',
  '#fac9c3',
  '#ffa79f',
  '#f5837a',
  '#e85f55',
  '#d5443a',
  '#c4342b',
  '#b3261e',
  '#8f1d17',
]
const green: MantineColorsTuple = [
  '#effaf2',
  '#def3e5',
  '#bde6cb',
  '#86e0a5',
  '#5cc583',
  '#36a863',
  '#228f4e',
  '#1a8045',
  '#14713f',
  '#0f5730',
]
const yellow: MantineColorsTuple = [
  '#fff8e8',
  '#fdf0d0',
  '#fae09f',
  '#fbc95f',
  '#f0b02f',
  '#d99511',
  '#bd7d08',
  '#a86a05',
  '#8f5600',
  '#704300',
]

/** Mantine picks the colour of text on a filled button for the light scheme only. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input)
  const isOwnShade = (input.color ?? input.theme.primaryColor) in input.theme.colors
  return input.variant === 'filled' && isOwnShade ? { ...resolved, color: 'var(--on-filled)' } : resolved
}

/** Windows lie on the page: in the dark they are lighter than it. */
const ON_SURFACE = { content: { background: 'var(--surface)' }, header: { background: 'var(--surface)' } }
/** The head of a window is not the head of the page, which landmarks would make it. */
const NO_LANDMARK = { defaultProps: { role: 'presentation' } }

export const theme = createTheme({
  primaryColor: 'ember',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { ember, gray, dark, red, green, yellow },
  variantColorResolver,
  components: {
    Modal: { styles: ON_SURFACE },
    Drawer: { styles: ON_SURFACE },
    ModalHeader: NO_LANDMARK,
    DrawerHeader: NO_LANDMARK,
  },
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
