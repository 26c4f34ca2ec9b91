import type { Session } from '@helios/sdk'
import { Alert, Button, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { request, UnreachableError } from '../../api/request.ts'
import { Snippet } from '../../parts/snippet.tsx'
import { Failure } from '../../parts/states.tsx'
import { KeyForm } from './key-form.tsx'
import classes from './login.module.css'
import { LoopFigure } from './loop-figure.tsx'
import { destinationIn, refusalInWords, tokenIn } from './sign-in.ts'
import { useSignIn } from './use-sign-in.ts'

const ASK_AGAIN_MILLISECONDS = 3000

/** What Helios is, and the way in. */
export default function Welcome() {
  useDocumentTitle('Sign in · Helios')
  return (
    <main className={classes.page}>
      <section className={classes.story}>
        <Wordmark />
        <h1 className={classes.claim}>Decide. Measure. Adapt.</h1>
        <p className={classes.lead}>
          Helios gives every user a variant, keeps what happened, and tells you what worked, with statistics
          that hold. What it learns decides what comes next.
        </p>
        <LoopFigure />
      </section>
      <section className={classes.entrance} aria-label="Sign in">
        <Entrance />
      </section>
    </main>
  )
}

function Entrance() {
  const [hadLink] = useState(() => tokenIn(location.hash) !== undefined)
  const signIn = useSignIn()
  const isByLink = signIn.variables !== undefined && 'link' in signIn.variables
  const isWaiting = (hadLink && signIn.isIdle) || (isByLink && (signIn.isPending || signIn.isSuccess))
  if (isWaiting) {
    return (
      <Paper withBorder radius="lg" className={classes.card}>
        <Stack align="center" gap="md" role="status">
          <Loader type="dots" />
          <Text>Signing you in …</Text>
        </Stack>
      </Paper>
    )
  }
  const refusal = refusalInWords(signIn.error)
  return (
    <Paper withBorder radius="lg" className={classes.card}>
      <Stack gap="lg">
        <Title order={2} size="h3">
          Sign in
        </Title>
        {signIn.isIdle ? <SignedInAlready isAsked={!hadLink} /> : null}
        {signIn.error && !refusal ? (
          <Failure error={signIn.error} onRetry={() => signIn.variables && signIn.mutate(signIn.variables)} />
        ) : null}
        {refusal ? (
          <Alert color="red" title={refusal.title} role="alert">
            <Stack gap="sm">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {refusal.text}
              </Text>
              {refusal.needsLink ? <LinkCommand /> : null}
            </Stack>
          </Alert>
        ) : null}
        <KeyForm isPending={signIn.isPending} onSubmit={(key) => signIn.mutate({ key })} />
        {refusal?.needsLink ? null : (
          <Stack gap={8}>
            <Text size="sm" c="dimmed">
              No key at hand? Where the server runs, this prints an address that signs you in, once:
            </Text>
            <LinkCommand />
          </Stack>
        )}
      </Stack>
    </Paper>
  )
}

/** Spares people the form who only followed an old bookmark, and says when the server is away. */
function SignedInAlready({ isAsked }: { readonly isAsked: boolean }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['session-at-login'],
    queryFn: () => request<Session>('/v1/session'),
    enabled: isAsked,
    retry: false,
    refetchInterval: ({ state }) =>
      state.error instanceof UnreachableError ? ASK_AGAIN_MILLISECONDS : false,
    gcTime: 0,
  })
  if (error instanceof UnreachableError) return <Failure error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  return (
    <Alert color="green" icon={<IconUserCheck aria-hidden />} title="You are signed in">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          As <bdi>{data.name}</bdi>. Another key signs you in as somebody else.
        </Text>
        <Button
          renderRoot={(props) => (
            <Link {...props} href={destinationIn(location.search, location.origin)} replace />
          )}
          size="compact-md"
          variant="default"
        >
          Go to the experiments
        </Button>
      </Stack>
    </Alert>
  )
}

function LinkCommand() {
  return <Snippet label="Command that prints a login link" code="npx helios login" />
}

function Wordmark() {
  return (
    <p className={classes.wordmark}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="6.5" fill="currentColor" />
        <path
          d="M16 2.5v4M16 25.5v4M2.5 16h4M25.5 16h4M6.5 6.5l2.8 2.8M22.7 22.7l2.8 2.8M6.5 25.5l2.8-2.8M22.7 9.3l2.8-2.8"
          stroke="currentColor"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      Helios
    </p>
  )
}
