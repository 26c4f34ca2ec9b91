import type { Metric, MetricRole, MetricRoles } from '@helios/sdk'
import { Anchor, Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconExternalLink, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { METRICS_SEARCH_ID, roleOf, withRole } from './metric-roles.ts'
import classes from './metric-roles-field.module.css'

interface Props {
  readonly metrics: readonly Metric[]
  readonly value: MetricRoles
  readonly onChange: (value: MetricRoles) => void
}

const ROLES = [
  { value: '', label: 'not used' },
  { value: 'primary', label: 'primary' },
  { value: 'secondary', label: 'secondary' },
  { value: 'guardrail', label: 'guardrail' },
]
const PAGE = 50

/** The catalogue of metrics with the role of each; chosen ones come first and stay whatever is searched. */
export function MetricRolesField({ metrics, value, onChange }: Props) {
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const wanted = useDeferredValue(search)
  const chosen = metrics.filter(({ key }) => roleOf(value, key) !== undefined)
  const found = metrics.filter((metric) => roleOf(value, metric.key) === undefined && holds(metric, wanted))
  const line = (metric: Metric) => (
    <MetricLine
      key={metric.key}
      metric={metric}
      role={roleOf(value, metric.key)}
      onChange={(role) => onChange(withRole(value, metric.key, role))}
    />
  )
  return (
    <div className={classes.field}>
      {chosen.length > 0 ? (
        <ul className={classes.lines} aria-label="Metrics of this experiment">
          {chosen.map(line)}
        </ul>
      ) : null}
      <TextInput
        id={METRICS_SEARCH_ID}
        label="Search the catalogue"
        placeholder="Name, key or description"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <ul className={`${classes.lines} ${classes.choices}`} aria-label="Metrics to choose from">
        {found.slice(0, limit).map(line)}
      </ul>
      {found.length > limit ? (
        <Button variant="default" size="xs" onClick={() => setLimit(found.length)}>
          Show all {found.length}
        </Button>
      ) : null}
      {found.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {search === '' ? 'Every metric of the catalogue has a role.' : `No other metric holds “${search}”.`}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        Not there?{' '}
        <Anchor href="/catalogue" target="_blank" size="sm" underline="always">
          Define a metric <IconExternalLink size={13} aria-hidden style={{ verticalAlign: '-1px' }} />
          <span className="visually-hidden"> (in a new tab)</span>
        </Anchor>{' '}
        and come back: it appears here.
      </Text>
    </div>
  )
}

function holds({ key, name, description }: Metric, search: string): boolean {
  const text = `${key}\n${name}\n${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

interface LineProps {
  readonly metric: Metric
  readonly role: MetricRole | undefined
  readonly onChange: (role: MetricRole | undefined) => void
}

function MetricLine({ metric, role, onChange }: LineProps) {
  const isMore = metric.direction === 'increase'
  const Arrow = isMore ? IconArrowUp : IconArrowDown
  return (
    <li className={classes.line} data-chosen={role !== undefined || undefined}>
      <div className={classes.words}>
        <div className={classes.name}>
          <bdi>{metric.name}</bdi>
        </div>
        <div className={classes.facts}>
          <code>{metric.key}</code> · {metric.kind} ·{' '}
          <Arrow size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {isMore ? 'more' : 'less'} is
          better
        </div>
        {metric.description === '' ? null : <div className={classes.facts}>{metric.description}</div>}
      </div>
      <NativeSelect
        aria-label={`Role of ${metric.name}`}
        data={ROLES}
        value={role ?? ''}
        onChange={(event) => onChange((event.currentTarget.value || undefined) as MetricRole | undefined)}
      />
    </li>
  )
}
