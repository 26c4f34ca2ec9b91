import { formatDuration, formatTime } from '@helios/charts/format'
import { Button, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useSession } from '../../api/queries.ts'
import { useSignOut } from '../../api/sign-out.ts'
import { useNow } from '../../lib/time.ts'
import { Explained } from '../../parts/explained.tsx'
import { Failure } from '../../parts/states.tsx'
import { Fact, SettingsCard } from './card.tsx'
import classes from './settings.module.css'

/** Who looks at these pages, and for how long. */
export function SessionCard() {
  const { data: session } = useSession()
  const signOut = useSignOut()
  const now = useNow()
  if (session === undefined) return null
  return (
    <SettingsCard title="Your session">
      <dl className={classes.facts}>
        <Fact label="Signed in as">
          <Explained how="This name stands in the audit log beside what you change.">
            <bdi>{session.name}</bdi>
          </Explained>
        </Fact>
        <Fact label="May">
          {session.scopes.includes('admin') ? 'do everything (admin)' : session.scopes.join(', ')}
        </Fact>
        <Fact label="Ends">
          <Explained how={formatTime(session.expiresAt)}>
            {session.expiresAt > now ? `in ${formatDuration(session.expiresAt - now)}` : 'now'}
          </Explained>
        </Fact>
      </dl>
      <Button
        mt="sm"
        variant="default"
        leftSection={<IconLogout size={17} aria-hidden />}
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        Sign out
      </Button>
      {signOut.isError ? <Failure error={signOut.error} /> : null}
      <Text size="sm" c="dimmed" mt={8}>
        Ends this session only; other browsers stay signed in.
      </Text>
    </SettingsCard>
  )
}
