import type { ApiKey } from '@helios/sdk'
import { List, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys as queryKeys } from '../../api/queries.ts'
import { request, segment } from '../../api/request.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { consequencesOf } from './revoke-words.ts'

interface Props {
  /** The key that may be revoked; absent while none is. */
  readonly apiKey: ApiKey | undefined
  readonly keys: readonly ApiKey[]
  readonly sessionName: string | undefined
  readonly onClose: () => void
}

/** Says what stops, then revokes. */
export function RevokeKey({ apiKey, keys, sessionName, onClose }: Props) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => request<ApiKey>(`/v1/keys/${segment(id)}`, { method: 'DELETE' }),
    onSuccess: async ({ name }) => {
      close()
      notifications.show({ title: 'Key revoked', message: `“${name}” is refused from now on.` })
      await client.invalidateQueries({ queryKey: queryKeys.apiKeys })
      // A session made from the key has ended with it.
      await client.invalidateQueries({ queryKey: queryKeys.session })
    },
  })
  const close = () => {
    revoke.reset()
    onClose()
  }
  return (
    <Confirm
      isOpen={apiKey !== undefined}
      title={
        <>
          Revoke <bdi>{apiKey?.name}</bdi>?
        </>
      }
      confirmLabel="Revoke key"
      isDangerous
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => apiKey && revoke.mutate(apiKey)}
      onCancel={close}
    >
      {apiKey ? (
        <Stack gap="sm">
          <Text>
            From this moment on every request with it is refused, for good. It cannot be taken back.
          </Text>
          <List spacing={6}>
            {consequencesOf(apiKey, keys, sessionName).map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            What was recorded with it stays, and its name stays in the audit log.
          </Text>
        </Stack>
      ) : null}
    </Confirm>
  )
}
