import { NavLink, Stack } from '@mantine/core'
import { IconFlask, IconKey, IconRuler2, IconSettings } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'

const PLACES = [
  { href: '/', label: 'Experiments', icon: IconFlask, holds: /^\/(?:experiments.*)?$/ },
  { href: '/metrics', label: 'Metrics', icon: IconRuler2, holds: /^\/metrics/ },
  { href: '/keys', label: 'API keys', icon: IconKey, holds: /^\/keys/ },
  { href: '/settings', label: 'Settings', icon: IconSettings, holds: /^\/settings/ },
] as const

export function Navigation() {
  const [path] = useLocation()
  return (
    <Stack component="nav" gap={4} aria-label="Main">
      {PLACES.map(({ href, label, icon: Icon, holds }) => (
        <NavLink
          key={href}
          component={Link}
          href={href}
          label={label}
          leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
          active={holds.test(path)}
          aria-current={holds.test(path) ? 'page' : undefined}
          fw={holds.test(path) ? 600 : 500}
          style={{ borderRadius: 'var(--mantine-radius-md)' }}
        />
      ))}
    </Stack>
  )
}
