import type { Finding } from '@helios/sdk'
import { Switch, Text, Title } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import classes from './refusal.module.css'
import { guidanceFor } from './refusal-words.ts'
import { Warnings } from './warnings.tsx'

interface Props {
  readonly refusals: readonly Finding[]
  /** What else was found; told here when the numbers do not tell it. */
  readonly warnings?: readonly Finding[]
  /** What is recommended, with the figures that were found; one for each refusal. */
  readonly advice?: readonly string[]
  readonly isShownAnyway: boolean
  readonly onShowAnyway: (isShown: boolean) => void
}

/** Why the numbers are kept back, what usually causes it, and what to check. */
export function Refusal({ refusals, warnings = [], advice = [], isShownAnyway, onShowAnyway }: Props) {
  return (
    <section className={classes.refusal} aria-label="Why there are no numbers">
      <IconHandStop size={36} stroke={1.5} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        {refusals.map(({ code, message }, i) => {
          const { title, causes, checks } = guidanceFor(code)
          return (
            <div key={code}>
              <Title order={2} size="h3">
                {title}
              </Title>
              {advice[i] === undefined ? null : <p className={classes.advice}>{advice[i]}</p>}
              <Text mt={6} maw={760} {...(advice[i] === undefined ? {} : { c: 'dimmed' })}>
                {message}
              </Text>
              <div className={classes.guidance}>
                <Points title="What usually causes this" points={causes} />
                <Points title="What to check" points={checks} />
              </div>
            </div>
          )
        })}
        <Warnings warnings={warnings.filter(({ code }) => code !== 'fixed-horizon')} />
        <Text c="dimmed" maw={760}>
          Helios keeps the effects back, since a reader could believe them. Nothing is lost: once the cause is
          found, a new experiment measures what this one cannot.
        </Text>
        <Switch
          label="Show the numbers anyway"
          description="To look for the cause, not to decide by them."
          checked={isShownAnyway}
          onChange={(event) => onShowAnyway(event.currentTarget.checked)}
        />
      </div>
    </section>
  )
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      <ul className={classes.points}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  )
}
