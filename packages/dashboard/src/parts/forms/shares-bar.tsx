import { chartTheme } from '@helios/charts'
import { useComputedColorScheme } from '@mantine/core'
import { formatShare } from './format-share.ts'
import classes from './shares-bar.module.css'

export interface VariantShare {
  readonly key: string
  /** 0 to 1. */
  readonly share: number
  readonly isControl: boolean
}

/** More would be thinner than a line. */
const MOST_SHOWN = 8

/** How traffic is divided, as a bar with its legend, in the colours that the variants have in charts. */
export function SharesBar({ shares }: { readonly shares: readonly VariantShare[] }) {
  const { control, palette, muted } = chartTheme(useComputedColorScheme('light'))
  const parts = partsOf(shares)
  const colorOf = ({ role, index }: Part): string =>
    role === 'control' ? control : role === 'rest' ? muted : (palette[index % palette.length] ?? muted)
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <span
            key={part.key}
            className={classes.part}
            style={{ flexGrow: part.share, background: colorOf(part) }}
          />
        ))}
      </div>
      <ul className={classes.legend} aria-label="Shares of traffic">
        {parts.map((part) => (
          <li key={part.key}>
            <span className={classes.dot} style={{ background: colorOf(part) }} aria-hidden />
            <bdi className={classes.name}>{part.label}</bdi>{' '}
            <span className="number">{formatShare(part.share)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Part {
  readonly key: string
  readonly label: string
  readonly share: number
  readonly role: 'control' | 'treatment' | 'rest'
  /** Place among the treatments. */
  readonly index: number
}

function partsOf(shares: readonly VariantShare[]): readonly Part[] {
  const control = shares.filter(({ isControl }) => isControl)
  const ordered = [...control, ...shares.filter(({ isControl }) => !isControl)]
  const shown = ordered.slice(0, MOST_SHOWN)
  const rest = ordered.slice(MOST_SHOWN)
  const parts = shown.map(({ key, share, isControl }, index) => ({
    key: `variant ${key} ${index}`,
    label: key === '' ? '(no key yet)' : key,
    share,
    role: isControl ? ('control' as const) : ('treatment' as const),
    index: index - control.length,
  }))
  if (rest.length === 0) return parts
  const share = rest.reduce((sum, other) => sum + other.share, 0)
  return [...parts, { key: 'rest', label: `${rest.length} others`, share, role: 'rest', index: 0 }]
}
