import type { Scope } from '@helios/sdk'

interface ScopeWords {
  readonly scope: Scope
  /** What a key with it may do. */
  readonly allows: string
  /** Who needs it. */
  readonly isFor: string
}

export const SCOPES: readonly ScopeWords[] = [
  {
    scope: 'decide',
    allows: 'Ask for variants and fetch definitions.',
    isFor: 'Apps, bots and web pages that show variants',
  },
  {
    scope: 'ingest',
    allows: 'Send exposures and outcomes.',
    isFor: 'Apps, bots and pipelines that report what happened',
  },
  {
    scope: 'read',
    allows: 'See experiments, results and metrics, and scrape Prometheus.',
    isFor: 'People who look, dashboards, monitoring',
  },
  {
    scope: 'admin',
    allows: 'Everything: change experiments, define metrics, make and revoke keys.',
    isFor: 'You, and programs that run experiments',
  },
]

/** Whether a key with these scopes may do it; `admin` implies the others. */
export function allows(scopes: readonly Scope[], scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin')
}
