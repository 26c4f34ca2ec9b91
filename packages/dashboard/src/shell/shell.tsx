import { AppShell, Burger, Group, ScrollArea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useState } from 'react'
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
import { useSessionWatch } from './use-session-watch.ts'

// Windows that few open; each is loaded when it is.
const PhoneMenu = lazy(() => import('./phone-menu.tsx'))
const DemoTruth = lazy(() => import('./demo-truth.tsx'))

/** The frame of every page but the login: who is signed in, where one can go, whether it is live. */
export function Shell() {
  const session = useSession()
  const [path] = useLocation()
  if (session.isPending) return <Loading what="your session" />
  if (session.error instanceof RefusedError && session.error.status === 401) {
    const wanted = path + location.search + location.hash
    return <Redirect to={`/login?then=${encodeURIComponent(wanted)}`} replace />
  }
  // With a session at hand the pages stay: what they show is not wrong because the server is away.
  if (session.data === undefined) {
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
  const page = pageOf(path)
  const menu = useWindow()
  const truth = useWindow()
  useStream(experimentIn(path))
  useSessionWatch()
  const { close } = menu
  useEffect(() => {
    close()
    window.scrollTo(0, 0)
  }, [page, close])
  return (
    <AppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', md: 'xl' }}
      transitionDuration={0}
    >
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Navbar className={classes.navbar} p="md" visibleFrom="sm">
        <Group px="xs" pb="lg" pt={4}>
          <Brand />
        </Group>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation />
        </AppShell.Section>
        <AppShell.Section>
          <DemoBar onShowTruth={truth.open} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px={{ base: 'md', md: 'xl' }} justify="space-between" wrap="nowrap">
          <Group gap="sm" hiddenFrom="sm" wrap="nowrap" className={classes.headerBrand}>
            <Burger
              opened={menu.isOpen}
              onClick={menu.open}
              size="sm"
              aria-label="Menu"
              aria-expanded={menu.isOpen}
              aria-haspopup="dialog"
            />
            <Brand />
          </Group>
          <LiveIndicator />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <div className={classes.content}>
          <ErrorBoundary key={page}>
            <Pages />
          </ErrorBoundary>
        </div>
      </AppShell.Main>
      <Suspense>
        {menu.wasOpened ? <PhoneMenu isOpen={menu.isOpen} onClose={close} onShowTruth={truth.open} /> : null}
        {truth.wasOpened ? <DemoTruth isOpen={truth.isOpen} onClose={truth.close} /> : null}
      </Suspense>
    </AppShell>
  )
}

/** What stays while one goes through the tabs of a page. */
function pageOf(path: string): string {
  return path.split('/').slice(0, 3).join('/')
}

/** Whether a window is open, and whether it ever was: before that its parts need not be loaded. */
function useWindow() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [wasOpened, setWasOpened] = useState(false)
  if (isOpen && !wasOpened) setWasOpened(true)
  return { isOpen, wasOpened, open, close }
}
