import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page-title.module.css'

interface Props {
  readonly title: ReactNode
  /** One or two sentences on what the page is for, or where its subject stands. */
  readonly lead?: ReactNode
  /** Buttons; they go below the title where there is little room. */
  readonly actions?: ReactNode
}

/** The page's only first-level heading, with what can be done. */
export function PageTitle({ title, lead, actions }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <Title order={1} size={28} lh={1.2} lts="-0.02em">
          {title}
        </Title>
        {lead === undefined ? null : (
          <Text c="dimmed" component="div" mt={6} maw={680}>
            {lead}
          </Text>
        )}
      </div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </header>
  )
}
