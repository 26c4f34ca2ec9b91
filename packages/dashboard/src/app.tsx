import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Route, Switch } from 'wouter'
import { createQueryClient } from './api/client.ts'
import { LoginPage } from './pages/login/login-page.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { Shell } from './shell/shell.tsx'
import { theme } from './theme.ts'

/** The whole of the pages: whatever breaks below shows an explanation, never a white page. */
export function App() {
  const [client] = useState(createQueryClient)
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" containerWidth={380} />
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <Switch>
            <Route path="/login">
              <LoginPage />
            </Route>
            <Route>
              <Shell />
            </Route>
          </Switch>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  )
}
