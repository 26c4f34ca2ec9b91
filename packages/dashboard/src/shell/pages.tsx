import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { ExperimentsPage } from '../pages/experiments/experiments-page.tsx'
import { NotFoundPage } from '../pages/not-found/not-found-page.tsx'
import { Loading } from '../parts/states.tsx'

// The list is where people arrive; everything else is loaded when it is gone to.
const CreatePage = lazy(() => import('../pages/create/create-page.tsx'))
const ExperimentPage = lazy(() => import('../pages/experiment/experiment-page.tsx'))
const MetricsPage = lazy(() => import('../pages/metrics/metrics-page.tsx'))
const PowerPage = lazy(() => import('../pages/power/power-page.tsx'))
const KeysPage = lazy(() => import('../pages/keys/keys-page.tsx'))
const SettingsPage = lazy(() => import('../pages/settings/settings-page.tsx'))

/** Which page an address shows. */
export function Pages() {
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <Switch>
        <Route path="/" component={ExperimentsPage} />
        <Route path="/new" component={CreatePage} />
        <Route path="/experiments/:key/:tab?">
          {({ key, tab }) => <ExperimentPage experimentKey={key} tab={tab} />}
        </Route>
        <Route path="/catalogue" component={MetricsPage} />
        <Route path="/power" component={PowerPage} />
        <Route path="/keys" component={KeysPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Suspense>
  )
}

/** Experiment that an address shows, which the stream then watches. */
export function experimentIn(path: string): string | undefined {
  const key = /^\/experiments\/([^/]+)/.exec(path)?.[1]
  if (key === undefined) return undefined
  try {
    return decodeURIComponent(key)
  } catch {
    // Addresses are typed by people: %zz stands for nothing.
    return undefined
  }
}
