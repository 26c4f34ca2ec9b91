import { Alert, Button, Center, Loader, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { RefusedError, UnreachableError } from '../api/request.ts'

/** What is asked for is on its way. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Center py={80} role="status" aria-label={`Loading ${what}`}>
      <Loader type="dots" />
    </Center>
  )
}

interface EmptyProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
  readonly title: string
  readonly children: ReactNode
  /** What to do next. */
  readonly action?: ReactNode
}

/** Nothing here yet: why, and what to do. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <Paper withBorder p={48} radius="lg" bg="var(--surface)">
      <Stack align="center" gap="sm" maw={520} mx="auto">
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          <Icon size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={2} size="h3" ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </Paper>
  )
}

/** Something could not be had: what, why, and how to go on. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const isUnreachable = error instanceof UnreachableError
  return (
    <Alert
      color={isUnreachable ? 'yellow' : 'red'}
      icon={isUnreachable ? <IconPlugConnectedX /> : <IconAlertTriangle />}
      title={isUnreachable ? 'The server does not answer' : 'That did not work'}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{messageOf(error)}</Text>
        {onRetry ? (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </Stack>
    </Alert>
  )
}

/** One sentence for people, with the stable code where there is one. */
export function messageOf(error: unknown): string {
  if (error instanceof UnreachableError) {
    return 'It may be restarting; the page keeps trying. Nothing you did is lost before it was confirmed.'
  }
  if (error instanceof RefusedError) {
    const fields = error.fields.map(({ pointer, message }) => `${pointer}: ${message}`)
    return [`${error.message} (${error.code})`, ...fields].join('\n')
  }
  return error instanceof Error ? error.message : String(error)
}
