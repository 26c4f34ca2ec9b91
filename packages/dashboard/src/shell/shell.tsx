import { AppShell, Burger, Group, ScrollArea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { Redirect, useLocation } from 'wouter'
import { useSession } from '../api/queries.ts'
import { RefusedError } from '../api/request.ts'
import { useStream } from '../api/stream.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { DemoBar } from './demo-bar.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { Navigation } from './navigation.tsx'
import { experimentIn, Pages } from './pages.tsx'
import classes from './shell.module.css'

/** The frame of every page but the login: who is signed in, where one can go, whether it is live. */
export function Shell() {
  const session = useSession()
  const [path] = useLocation()
  if (session.isPending) return <Loading what="your session" />
  if (session.error instanceof RefusedError && session.error.status === 401) {
    return <Redirect to={`/login?then=${encodeURIComponent(path)}`} replace />
  }
  if (session.isError) {
    return (
      <main className={classes.alone}>
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  return <Frame />
}

function Frame() {
  const [path] = useLocation()
  const [isOpen, menu] = useDisclosure(false)
  const { close } = menu
  useStream(experimentIn(path))
  useEffect(() => {
    close()
    window.scrollTo(0, 0)
  }, [path, close])
  return (
    <AppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'xl' }}
      transitionDuration={0}
    >
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px={{ base: 'md', md: 'xl' }} justify="space-between" wrap="nowrap">
          <Group gap="sm" hiddenFrom="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              size="sm"
              aria-label="Menu"
              aria-expanded={isOpen}
            />
            <Brand />
          </Group>
          <LiveIndicator />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} p="md">
        <Group visibleFrom="sm" px="xs" pb="lg" pt={4}>
          <Brand />
        </Group>
        <Group hiddenFrom="sm" justify="space-between" px="xs" pb="lg">
          <Brand />
          <Burger opened={isOpen} onClick={menu.toggle} size="sm" aria-label="Close menu" />
        </Group>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation />
        </AppShell.Section>
        <AppShell.Section>
          <DemoBar />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={classes.content}>
          <ErrorBoundary key={path}>
            <Pages />
          </ErrorBoundary>
        </div>
      </AppShell.Main>
    </AppShell>
  )
}
