import { Box, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './explained.module.css'

interface Props {
  /** How the number was obtained, or what the word means: one or two sentences. */
  readonly how: string
  readonly children: ReactNode
}

/** A word or a number with its explanation, by mouse, keyboard and touch. */
export function Explained({ how, children }: Props) {
  return (
    <Tooltip label={how} multiline maw={320} events={{ hover: true, focus: true, touch: true }} withArrow>
      <Box component="span" className={classes.explained} tabIndex={0}>
        {children}
      </Box>
    </Tooltip>
  )
}
