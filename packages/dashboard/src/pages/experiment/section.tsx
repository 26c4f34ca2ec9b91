import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './section.module.css'

interface Props {
  readonly title: ReactNode
  /** What it shows, and how to read it. */
  readonly lead?: ReactNode
  /** Choices for what is shown. */
  readonly controls?: ReactNode
  readonly children: ReactNode
}

/** A part of a tab: heading, choices, content. */
export function Section({ title, lead, controls, children }: Props) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div className={classes.words}>
          <Title order={2} size="h4">
            {title}
          </Title>
          {lead === undefined ? null : (
            <Text size="sm" c="dimmed" component="div" mt={2} maw={720}>
              {lead}
            </Text>
          )}
        </div>
        {controls === undefined ? null : <div className={classes.controls}>{controls}</div>}
      </header>
      {children}
    </section>
  )
}
