import type { ApiKey } from '@helios/sdk'
import { Group, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconKey, IconLock, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useApiKeys, useSession } from '../../api/queries.ts'
import { ChangeButton } from '../../parts/change-button.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure } from '../../parts/states.tsx'
import { CreateKey } from './create-key.tsx'
import { KeyList } from './key-list.tsx'
import { RevokeKey } from './revoke-key.tsx'

/** Who may talk to this server, and what each may do. */
export default function KeysPage() {
  useDocumentTitle('API keys · Helios')
  const { data: session } = useSession()
  const [isCreating, setCreating] = useState(false)
  const isAdmin = session?.scopes.includes('admin') ?? false
  return (
    <>
      <PageTitle
        title="API keys"
        lead="Programs send a key with each request. Give each its own, with no more scopes than it needs; then one can be revoked without stopping the others."
        actions={
          <ChangeButton leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
            Create a key
          </ChangeButton>
        }
      />
      {isAdmin ? <Keys sessionName={session?.name} /> : <OnlyAdmins name={session?.name} />}
      <CreateKey isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  )
}

function Keys({ sessionName }: { readonly sessionName: string | undefined }) {
  const { data: keys, error, isPending, refetch } = useApiKeys()
  const [showsRevoked, setShowsRevoked] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  if (isPending) return <Skeleton h={220} radius="lg" role="status" aria-label="Loading the keys" />
  if (keys === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  const active = keys.filter(({ revokedAt }) => revokedAt === undefined)
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== undefined)
  return (
    <Stack gap="md">
      {active.length > 0 ? (
        <KeyList label="Keys in use" keys={active} onRevoke={setRevoking} />
      ) : (
        <Empty icon={IconKey} title="No key is in use">
          Programs cannot talk to this server until you create one.
        </Empty>
      )}
      {revoked.length > 0 ? (
        <Group>
          <Switch
            label={`Show revoked keys (${revoked.length})`}
            checked={showsRevoked}
            onChange={(event) => setShowsRevoked(event.currentTarget.checked)}
          />
        </Group>
      ) : null}
      {showsRevoked ? <KeyList label="Revoked keys" keys={revoked} /> : null}
      <RevokeKey
        apiKey={revoking}
        keys={keys}
        sessionName={sessionName}
        onClose={() => setRevoking(undefined)}
      />
    </Stack>
  )
}

function OnlyAdmins({ name }: { readonly name: string | undefined }) {
  return (
    <Empty icon={IconLock} title="Only for administrators">
      <Text component="p" m={0}>
        You are signed in as <bdi>{name}</bdi>, without the scope “admin”. Keys open everything else, so only
        an administrator sees them. Sign in with an admin key, or ask whoever runs this server for a key.
      </Text>
    </Empty>
  )
}
