import type { Metric, MetricRoles } from '@helios/sdk'
import { Skeleton, Stack, Text } from '@mantine/core'
import { useMetrics } from '../../../api/queries.ts'
import { METRICS_SEARCH_ID } from '../../../parts/forms/metric-roles.ts'
import { MetricRolesField } from '../../../parts/forms/metric-roles-field.tsx'
import { Failure } from '../../../parts/states.tsx'
import type { Draft } from '../draft.ts'
import type { StepProps } from '../step-props.ts'

/** Which metrics decide, which inform, and which must not get worse. */
export function MetricsStep({ draft, change, errorOf }: StepProps) {
  const metrics = useMetrics()
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        <b>Primary</b> metrics decide: choose one or two, before you see any numbers. <b>Secondary</b> ones
        help to understand. <b>Guardrails</b> must not get worse.
      </Text>
      {metrics.data ? (
        <MetricRolesField
          metrics={metrics.data}
          value={draft.metrics}
          onChange={(roles) => change((known) => withRoles(known, roles, metrics.data ?? []))}
        />
      ) : metrics.isPending ? (
        <Skeleton height={320} radius="lg" />
      ) : (
        <Failure error={metrics.error} onRetry={() => void metrics.refetch()} />
      )}
      {errorOf(METRICS_SEARCH_ID) ? (
        <Text size="sm" c="var(--bad)">
          {errorOf(METRICS_SEARCH_ID)}
        </Text>
      ) : null}
    </Stack>
  )
}

/** The calculator of the next step asks about the metric that decides. */
function withRoles(
  { metrics, size }: Draft,
  roles: MetricRoles,
  catalogue: readonly Metric[],
): Partial<Draft> {
  const [first] = roles.primary
  if (first === metrics.primary[0]) return { metrics: roles }
  const kind = catalogue.find(({ key }) => key === first)?.kind
  const isShare = kind === 'proportion' || kind === 'retention'
  return { metrics: roles, size: { ...size, kind: kind === undefined || isShare ? 'proportion' : 'mean' } }
}
