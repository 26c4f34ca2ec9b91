import { ActionIcon, Group, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useSession } from '../api/queries.ts'
import { request } from '../api/request.ts'

/** Light or dark, and who is signed in. */
export function AccountMenu() {
  return (
    <Group gap={6} wrap="nowrap" ml="auto">
      <SchemeSwitch />
      <Account />
    </Group>
  )
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const other = scheme === 'light' ? 'dark' : 'light'
  const Icon = scheme === 'light' ? IconMoon : IconSun
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size="lg"
      aria-label={`Use the ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <Icon size={20} stroke={1.7} />
    </ActionIcon>
  )
}

function Account() {
  const { data: session } = useSession()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const signOut = async () => {
    await request('/v1/session', { method: 'DELETE' }).catch(() => undefined)
    client.clear()
    navigate('/login')
  }
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="dimmed" size="lg" aria-label="Your session">
          <IconUserCircle size={22} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session?.name} · {session?.scopes.join(', ')}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
