import { formatBytes } from '@helios/charts/format'
import type { Json } from '@helios/sdk'
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Snippet } from '../../../parts/snippet.tsx'
import classes from './design.module.css'

/** More is asked for before it is drawn: a payload may be a megabyte. */
const SHOWN_AT_FIRST = 4000

interface Props {
  readonly payload: Json
  readonly name: string
  readonly isOpen: boolean
}

/** What a variant hands out: a text as text, anything else as JSON that can be copied. */
export function Payload({ payload, name, isOpen }: Props) {
  const [isUnfolded, setUnfolded] = useState(isOpen)
  if (payload === null)
    return <p className={`${classes.text} ${classes.quiet}`}>No payload: the key says it all.</p>
  return (
    <details
      className={classes.payload}
      open={isUnfolded}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>Payload{typeof payload === 'string' ? ' (text)' : ' (JSON)'}</summary>
      {isUnfolded ? <Unfolded payload={payload} name={name} /> : null}
    </details>
  )
}

function Unfolded({ payload, name }: Omit<Props, 'isOpen'>) {
  const [isWhole, setWhole] = useState(false)
  const isText = typeof payload === 'string'
  const text = useMemo(() => (isText ? payload : JSON.stringify(payload, null, 2)), [payload, isText])
  const isCut = !isWhole && text.length > SHOWN_AT_FIRST
  const shown = isCut ? `${text.slice(0, SHOWN_AT_FIRST)} …` : text
  return (
    <>
      {isText ? (
        <p className={classes.text} dir="auto">
          {shown}
        </p>
      ) : (
        <div className={classes.json}>
          <Snippet label={`Payload of ${name}`} code={shown} wraps />
        </div>
      )}
      {isCut ? (
        <Button variant="default" size="compact-sm" mt={6} onClick={() => setWhole(true)}>
          Show all {formatBytes(text.length)}
        </Button>
      ) : null}
    </>
  )
}
