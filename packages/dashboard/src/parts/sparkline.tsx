import type { MaybeNumber } from '@helios/charts/format'
import classes from './sparkline.module.css'
import { sparklinePath } from './sparkline-path.ts'

const WIDTH = 96
const HEIGHT = 24

interface Props {
  /** Oldest first, such as units in each of the last 24 hours. */
  readonly values: readonly MaybeNumber[]
  /** What it shows, in words with numbers: `1,204 new units in the last 24 hours`. */
  readonly label: string
}

/** The course of a number in the size of a word. */
export function Sparkline({ values, label }: Props) {
  const { kind, path } = sparklinePath(values, WIDTH, HEIGHT)
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={classes.sparkline}
      data-kind={kind}
    >
      <path d={path} />
    </svg>
  )
}
