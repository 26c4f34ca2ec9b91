import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'

interface Props {
  readonly isPending: boolean
  readonly onSubmit: (key: string) => void
}

export function KeyForm({ isPending, onSubmit }: Props) {
  const [key, setKey] = useState('')
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = key.trim()
    setProblem(trimmed === '' ? 'Paste a key first.' : undefined)
    if (trimmed !== '') onSubmit(trimmed)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordInput
          label="API key"
          description="One with the scope “read” shows everything; “admin” may change it too."
          placeholder="hel_…"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          maxLength={200}
          value={key}
          error={problem}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key', tabIndex: 0 }}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
