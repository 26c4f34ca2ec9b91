import { READING_WORDS } from '@helios/charts'
import { NOTHING, type NumberStyle } from '@helios/charts/format'
import type { Correction, VariantComparison } from '@helios/sdk'
import { Box, Tooltip } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react'
import classes from './effect.module.css'
import { effectInWords } from './effect-in-words.ts'

interface Props {
  readonly comparison: VariantComparison
  /** Which way is better. */
  readonly direction: 'increase' | 'decrease'
  readonly scale: 'absolute' | 'relative'
  /** Style of the metric's values. */
  readonly style?: NumberStyle
  /** How many comparisons the p-value was adjusted for. */
  readonly comparisons?: number
  /** How; by Holm when absent. */
  readonly correction?: Correction
}

const ARROWS = { better: IconArrowUpRight, worse: IconArrowDownRight, undecided: IconMinus } as const

/** An effect: estimate, interval, what it means, and on request how it was obtained. */
export function Effect(question: Props) {
  const { reading, text, lines } = effectInWords(question)
  const Arrow = ARROWS[reading]
  const isKnown = text !== NOTHING
  return (
    <Tooltip
      label={lines.map((line) => (
        <div key={line} className={classes.line}>
          {line}
        </div>
      ))}
      multiline
      maw={380}
      withArrow
      events={{ hover: true, focus: true, touch: true }}
    >
      <Box component="span" className={classes.effect} tabIndex={0} data-reading={reading}>
        <span className="number">{text}</span>
        <span className={classes.verdict}>
          {isKnown ? <Arrow size={16} stroke={2} aria-hidden /> : null}
          <span className={classes.word}>{isKnown ? READING_WORDS[reading] : 'not computable'}</span>
        </span>
      </Box>
    </Tooltip>
  )
}
