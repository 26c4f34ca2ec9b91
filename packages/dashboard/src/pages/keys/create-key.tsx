import type { ApiKey, Scope } from '@helios/sdk'
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { keys } from '../../api/queries.ts'
import { request } from '../../api/request.ts'
import { messageOf } from '../../parts/states.tsx'
import classes from './keys.module.css'
import { NewSecret } from './new-secret.tsx'
import { SCOPES } from './scope-words.ts'

interface Created {
  readonly key: ApiKey
  readonly secret: string
}

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Makes a key, then shows its secret this once. */
export function CreateKey({ isOpen, onClose }: Props) {
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: (body: { readonly name: string; readonly scopes: readonly Scope[] }) =>
      request<Created>('/v1/keys', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
    // The secret must not stay in memory once it was put away.
    gcTime: 0,
  })
  const close = () => {
    create.reset()
    onClose()
  }
  const created = create.data
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={created ? 'Your new key' : 'Create a key'}
      size="lg"
      radius="lg"
      closeOnClickOutside={!created}
      closeOnEscape={!created}
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 18 } }}
    >
      {created ? (
        <NewSecret apiKey={created.key} secret={created.secret} onDone={close} />
      ) : (
        <KeyForm
          isPending={create.isPending}
          error={create.error}
          onSubmit={(name, scopes) => create.mutate({ name, scopes })}
          onCancel={close}
        />
      )}
    </Modal>
  )
}

interface FormProps {
  readonly isPending: boolean
  readonly error: unknown
  readonly onSubmit: (name: string, scopes: readonly Scope[]) => void
  readonly onCancel: () => void
}

function KeyForm({ isPending, error, onSubmit, onCancel }: FormProps) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['decide', 'ingest'])
  const [isChecked, setChecked] = useState(false)
  const isNamed = name.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isNamed && scopes.length > 0) onSubmit(name.trim(), scopes)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Who uses it. It stands in the audit log beside every change."
          placeholder="Checkout service"
          data-autofocus
          dir="auto"
          maxLength={100}
          value={name}
          error={isChecked && !isNamed ? 'Give it a name, so that you know it again.' : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label="Scopes"
          description="What it may do. An app that shows variants and reports outcomes needs the first two."
          value={scopes}
          error={isChecked && scopes.length === 0 ? 'Choose at least one.' : undefined}
          onChange={(chosen) => setScopes(chosen as Scope[])}
        >
          <Stack gap={8} my={8}>
            {SCOPES.map(({ scope, allows, isFor }) => (
              <div key={scope} className={classes.scope}>
                <Checkbox
                  value={scope}
                  label={
                    <>
                      <Text span fw={600} size="sm" display="block">
                        {scope}
                      </Text>
                      <Text span size="sm" display="block">
                        {allows}
                      </Text>
                      <Text span size="sm" c="dimmed" display="block">
                        {isFor}
                      </Text>
                    </>
                  }
                />
              </div>
            ))}
          </Stack>
        </Checkbox.Group>
        {scopes.includes('admin') ? (
          <Alert color="yellow" role="status">
            With “admin” a key may do everything, whatever else is chosen. Keep it out of apps and pages.
          </Alert>
        ) : null}
        {error ? (
          <Alert color="red" role="alert" style={{ whiteSpace: 'pre-line' }}>
            {messageOf(error)}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
