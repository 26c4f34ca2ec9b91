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

/** How traffic is divided, as a bar with its legend; the control is always the grey part. */
export function SharesBar({ shares }: { readonly shares: readonly VariantShare[] }) {
  const parts = partsOf(shares)
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ key, share, tone }) => (
          <span key={key} className={classes.part} data-tone={tone} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className={classes.legend} aria-label="Shares of traffic">
        {parts.map(({ key, label, share, tone }) => (
          <li key={key}>
            <span className={classes.dot} data-tone={tone} aria-hidden />
            <bdi className={classes.name}>{label}</bdi> <span className="number">{formatShare(share)}</span>
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
  /** `control`, or the number of a colour. */
  readonly tone: string
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
    tone: isControl ? 'control' : String((index + 5) % 6),
  }))
  if (rest.length === 0) return parts
  const share = rest.reduce((sum, other) => sum + other.share, 0)
  return [...parts, { key: 'rest', label: `${rest.length} others`, share, tone: 'rest' }]
}
