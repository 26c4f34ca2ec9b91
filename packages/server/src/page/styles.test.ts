import { expect, it } from 'vitest'
import { STYLES } from './styles.ts'

type Colours = Readonly<Record<string, string>>

const light = coloursIn(STYLES.slice(0, STYLES.indexOf('@media')))
const dark = { ...light, ...coloursIn(STYLES.slice(STYLES.indexOf('@media'), STYLES.indexOf('* {'))) }

/** Text on surface, as the page combines them. */
const PAIRS = [
  'text page',
  'text surface',
  'muted page',
  'muted surface',
  'accent page',
  'accent surface',
  'good good-surface',
  'code-text code',
  'code-muted code',
]

it.each([
  ['light', light],
  ['dark', dark],
] as const)('text can be read in the %s scheme (WCAG 2.2, 1.4.3: 4.5 to 1)', (_, colours: Colours) => {
  for (const pair of PAIRS) {
    const [text, surface] = pair.split(' ').map((name) => luminance(colours[name] as string)) as [
      number,
      number,
    ]
    const contrast = (Math.max(text, surface) + 0.05) / (Math.min(text, surface) + 0.05)
    expect(contrast, pair).toBeGreaterThanOrEqual(4.5)
  }
})

function coloursIn(css: string): Colours {
  return Object.fromEntries(
    [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  )
}

/** Relative luminance of an sRGB colour, as WCAG defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
