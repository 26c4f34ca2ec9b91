import { ActionIcon, Group, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useSession } from '../api/queries.ts'
import { useSignOut } from '../api/sign-out.ts'
import { messageOf } from '../parts/states.tsx'

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
  const signOut = useSignOut()
  const leave = () =>
    signOut.mutate(undefined, {
      onError: (error) =>
        notifications.show({ color: 'red', title: 'You are still signed in', message: messageOf(error) }),
    })
  return (
    <Menu position="bottom-end" withArrow width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="dimmed" size="lg" aria-label="Your session">
          <IconUserCircle size={22} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label style={{ overflowWrap: 'anywhere' }}>
          <bdi>{session?.name}</bdi> · {session?.scopes.join(', ')}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
