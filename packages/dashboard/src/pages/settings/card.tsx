import { Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './settings.module.css'

interface Props {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

/** One subject of the settings. */
export function SettingsCard({ title, lead, children }: Props) {
  return (
    <Paper component="section" withBorder radius="lg" className={classes.card} aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {lead === undefined ? null : (
        <Text size="sm" c="dimmed" mt={2}>
          {lead}
        </Text>
      )}
      <div className={classes.content}>{children}</div>
    </Paper>
  )
}

interface FactProps {
  readonly label: ReactNode
  readonly children: ReactNode
}

/** One line of a definition list. */
export function Fact({ label, children }: FactProps) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
