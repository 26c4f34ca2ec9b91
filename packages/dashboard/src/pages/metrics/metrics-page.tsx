import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconPlus, IconRuler2, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useMetrics } from '../../api/queries.ts'
import { ChangeButton } from '../../parts/change-button.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure } from '../../parts/states.tsx'
import { type CatalogueFilter, matching, NO_FILTER, type Origin } from './catalogue.ts'
import { DefineDrawer } from './define/define-drawer.tsx'
import { KIND_WORDS } from './kind-words.ts'
import { MetricDrawer } from './metric-drawer.tsx'
import { MetricList, MetricListSkeleton } from './metric-list.tsx'
import classes from './metrics.module.css'
import { useUses } from './use-uses.ts'

/** The catalogue: what can be measured, how each number is made, and who looks at it. */
export default function MetricsPage() {
  useDocumentTitle('Metrics · Helios')
  const metrics = useMetrics()
  const uses = useUses()
  const [filter, setFilter] = useState(NO_FILTER)
  const [search, setSearch] = useSearchParams()
  const chosen = metrics.data?.find(({ key }) => key === search.get('metric'))
  const define = () => setSearch({ new: '' })
  const close = () => setSearch({})
  const found = matching(metrics.data ?? [], filter)

  return (
    <>
      <PageTitle
        title="Metrics"
        lead="How outcomes become one number per unit. Every experiment picks from this catalogue; a definition never changes once it is made."
        actions={
          <ChangeButton leftSection={<IconPlus size={18} aria-hidden />} onClick={define}>
            Define a metric
          </ChangeButton>
        }
      />
      <Stack gap="lg">
        <Toolbar filter={filter} onChange={setFilter} />
        <Text size="sm" c="dimmed" role="status" className="visually-hidden">
          {metrics.data ? `${found.length} of ${metrics.data.length} metrics` : ''}
        </Text>
        {metrics.isPending ? <MetricListSkeleton /> : null}
        {metrics.isError ? <Failure error={metrics.error} onRetry={() => void metrics.refetch()} /> : null}
        {metrics.data && found.length === 0 ? (
          <Empty
            icon={IconRuler2}
            title="No metric is like that"
            action={
              <Button variant="default" onClick={() => setFilter(NO_FILTER)}>
                Show all metrics
              </Button>
            }
          >
            {filter.origin === 'yours' && !metrics.data.some(({ builtIn }) => !builtIn)
              ? 'You have not defined one yet. The built-in ones cover conversations and campaigns; define your own for anything else you send.'
              : 'Try fewer words, or another kind.'}
          </Empty>
        ) : null}
        <MetricList title="Yours" metrics={found.filter(({ builtIn }) => !builtIn)} uses={uses.data} />
        <MetricList title="Built in" metrics={found.filter(({ builtIn }) => builtIn)} uses={uses.data} />
      </Stack>
      <MetricDrawer metric={chosen} uses={chosen && uses.data?.get(chosen.key)} onClose={close} />
      <DefineDrawer isOpen={search.has('new')} metrics={metrics.data ?? []} onClose={close} />
    </>
  )
}

const ORIGINS: readonly { readonly value: Origin; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'yours', label: 'Yours' },
  { value: 'built-in', label: 'Built in' },
]
const KINDS = [
  { value: 'all', label: 'All kinds' },
  ...Object.entries(KIND_WORDS).map(([value, { label }]) => ({ value, label })),
]

interface ToolbarProps {
  readonly filter: CatalogueFilter
  readonly onChange: (filter: CatalogueFilter) => void
}

function Toolbar({ filter, onChange }: ToolbarProps) {
  return (
    <Group gap="sm" className={classes.toolbar}>
      <TextInput
        className={classes.search}
        type="search"
        aria-label="Search metrics"
        placeholder="Search by name, key or description"
        leftSection={<IconSearch size={17} aria-hidden />}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="Origin"
        data={[...ORIGINS]}
        value={filter.origin}
        onChange={(origin) => onChange({ ...filter, origin: origin as Origin })}
      />
      <Select
        aria-label="Kind"
        className={classes.kinds}
        data={KINDS}
        value={filter.kind}
        allowDeselect={false}
        onChange={(kind) => onChange({ ...filter, kind: (kind ?? 'all') as CatalogueFilter['kind'] })}
      />
    </Group>
  )
}
