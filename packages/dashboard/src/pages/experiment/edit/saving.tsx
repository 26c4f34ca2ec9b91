import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'
import { messageOf } from '../../../parts/states.tsx'
import { ConflictError } from '../use-change.ts'
import classes from './edit.module.css'
import type { Preview } from './preview.ts'

/** Why saving was refused, and how to go on. */
export function Refused({ error }: { readonly error: Error }) {
  return (
    <Alert color="red" role="alert" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
      {error instanceof ConflictError
        ? 'Somebody else changed this experiment meanwhile, so nothing was saved. It was loaded again, and what you typed now stands on top of it: look at what saving does, and save again.'
        : messageOf(error)}
    </Alert>
  )
}

/** What saving does, told while it is typed. */
export function Effects(props: { readonly preview: Preview; readonly isUntouched: boolean }) {
  const { sentences, cautions } = props.preview
  return (
    <section className={classes.effects} aria-live="polite" aria-label="What saving does">
      <h3>What saving does</h3>
      {sentences.length === 0 ? (
        <Text size="sm" c="dimmed">
          {props.isUntouched
            ? 'Nothing was changed yet.'
            : 'Nothing that can be told before all fields are right.'}
        </Text>
      ) : (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>
              <IconArrowRight size={16} aria-hidden />
              <span>{sentence}</span>
            </li>
          ))}
          {cautions.map((caution) => (
            <li key={caution} data-caution>
              <IconAlertTriangle size={16} aria-hidden />
              <span>{caution}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
