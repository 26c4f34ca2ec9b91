import type { MetricRole, MetricRoles } from '@helios/sdk'

/** Id of the control that puts a problem with the metrics as a whole right. */
export const METRICS_SEARCH_ID = 'metrics-search'

const LISTS = { primary: 'primary', secondary: 'secondary', guardrail: 'guardrails' } as const

export function roleOf(roles: MetricRoles, metric: string): MetricRole | undefined {
  return (['primary', 'secondary', 'guardrail'] as const).find((role) => roles[LISTS[role]].includes(metric))
}

/** A metric has one role or none; a new one comes last in its list, since the first primary one leads. */
export function withRole(roles: MetricRoles, metric: string, role: MetricRole | undefined): MetricRoles {
  if (roleOf(roles, metric) === role) return roles
  const others = (keys: readonly string[]) => keys.filter((key) => key !== metric)
  const next = {
    primary: others(roles.primary),
    secondary: others(roles.secondary),
    guardrails: others(roles.guardrails),
  }
  if (role === undefined) return next
  const list = LISTS[role]
  return { ...next, [list]: [...next[list], metric] }
}
