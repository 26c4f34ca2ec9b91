import { Text } from '@mantine/core'
import { SettingsCard } from './card.tsx'
import classes from './settings.module.css'

const PLACES = [
  { href: '/docs/errors', title: 'Error codes', text: 'What each refusal means, and what to do' },
  { href: '/openapi.json', title: 'API description', text: 'OpenAPI 3.1, for generators and tools' },
  { href: '/start', title: 'First calls', text: 'The whole loop, to paste into a terminal' },
] as const

/** Where the documentation is. */
export function HelpCard() {
  return (
    <SettingsCard title="Look things up">
      <ul className={classes.links}>
        {PLACES.map(({ href, title, text }) => (
          <li key={href}>
            <a href={href} className={classes.link}>
              <Text fw={600}>{title}</Text>
              <Text size="sm" c="dimmed">
                {text}
              </Text>
            </a>
          </li>
        ))}
      </ul>
    </SettingsCard>
  )
}
