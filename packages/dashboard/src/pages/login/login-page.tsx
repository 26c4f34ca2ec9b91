import { lazy, Suspense } from 'react'
import { Loading } from '../../parts/states.tsx'

// Nearly everybody who opens the pages is signed in already and never sees this one.
const Welcome = lazy(() => import('./welcome.tsx'))

export function LoginPage() {
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <Welcome />
    </Suspense>
  )
}
