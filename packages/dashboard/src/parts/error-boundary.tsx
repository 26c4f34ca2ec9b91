import { Button, Code, Container, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
}

/** Shows what went wrong in the part below, with a way on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <Container size="sm" py={80}>
        <Stack align="flex-start" gap="md">
          <Title order={1}>This page broke</Title>
          <Text c="dimmed">
            A fault in the pages, not in your data: experiments go on, and nothing was changed. Loading the
            page again usually helps; if it does not, the text below says where to look.
          </Text>
          <Code block>{error.message}</Code>
          <Button onClick={() => location.reload()}>Load again</Button>
        </Stack>
      </Container>
    )
  }
}
