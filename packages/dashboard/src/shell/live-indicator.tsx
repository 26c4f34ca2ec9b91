import { Text, Tooltip } from '@mantine/core'
import { type LiveState, useLiveState } from '../api/stream.ts'
import classes from './live-indicator.module.css'

const WORDS: Readonly<Record<LiveState, { readonly label: string; readonly explanation: string }>> = {
  connecting: { label: 'Connecting', explanation: 'Asking the server for live numbers.' },
  live: { label: 'Live', explanation: 'Numbers change here as events arrive.' },
  lost: {
    label: 'Connection lost',
    explanation: 'The server does not answer; what you see is how it was. The page keeps trying.',
  },
  paused: { label: 'Paused', explanation: 'The page is hidden; it goes on when you come back.' },
}

/** Whether what is shown is how things are now. */
export function LiveIndicator() {
  const state = useLiveState()
  const { label, explanation } = WORDS[state]
  return (
    <Tooltip label={explanation} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Text
        component="div"
        role="status"
        size="sm"
        fw={550}
        className={classes.indicator}
        data-state={state}
        tabIndex={0}
      >
        {label}
      </Text>
    </Tooltip>
  )
}
