import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { copyTextOf } from '../lib/copy.ts'
import classes from './snippet.module.css'

const CONFIRMED_MILLISECONDS = 2000

interface Props {
  /** What it is, for people who cannot see it: "Three lines for the sdk". */
  readonly label: string
  readonly code: string
  /** Long secrets and addresses are better broken than scrolled. */
  readonly wraps?: boolean
}

/** Text to be pasted somewhere else, with a button that copies it. */
export function Snippet({ label, code, wraps = false }: Props) {
  const text = useRef<HTMLElement>(null)
  const [outcome, setOutcome] = useState<'copied' | 'selected'>()
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), CONFIRMED_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async () => {
    if (text.current) setOutcome((await copyTextOf(text.current)) ? 'copied' : 'selected')
  }
  const said = outcome === 'copied' ? 'Copied' : outcome === 'selected' ? 'Selected: press Ctrl+C' : ''
  return (
    <section className={classes.snippet} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.code} tabIndex={0} data-wraps={wraps || undefined} dir="ltr">
        <code ref={text}>{code}</code>
      </pre>
      <Tooltip label={said || 'Copy'} position="left" {...(said === '' ? {} : { opened: true })}>
        <ActionIcon
          className={classes.copy}
          variant="filled"
          color="#3a332e"
          c="#efeae4"
          size="md"
          aria-label={`Copy: ${label}`}
          onClick={() => void copy()}
        >
          {outcome === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </section>
  )
}
