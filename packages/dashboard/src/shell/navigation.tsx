import { NavLink, Stack } from '@mantine/core'
import { IconCalculator, IconFlask, IconKey, IconRuler2, IconSettings } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import classes from './navigation.module.css'

const PLACES = [
  { href: '/', label: 'Experiments', icon: IconFlask, holds: /^\/(?:new|experiments.*)?$/ },
  { href: '/catalogue', label: 'Metrics', icon: IconRuler2, holds: /^\/catalogue/ },
  { href: '/power', label: 'Power calculator', icon: IconCalculator, holds: /^\/power/ },
  { href: '/keys', label: 'API keys', icon: IconKey, holds: /^\/keys/ },
  { href: '/settings', label: 'Settings', icon: IconSettings, holds: /^\/settings/ },
] as const

interface Props {
  /** Told when a place was chosen, also the present one. */
  readonly onChoose?: () => void
}

export function Navigation({ onChoose }: Props) {
  const [path] = useLocation()
  return (
    <Stack component="nav" gap={4} aria-label="Main">
      {PLACES.map(({ href, label, icon: Icon, holds }) => (
        <NavLink
          key={href}
          component={Link}
          href={href}
          label={label}
          {...(onChoose ? { onClick: onChoose } : {})}
          leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
          active={holds.test(path)}
          aria-current={holds.test(path) ? 'page' : undefined}
          fw={holds.test(path) ? 600 : 500}
          className={classes.place}
        />
      ))}
    </Stack>
  )
}
