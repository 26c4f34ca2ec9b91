import { formatAge, formatTime } from '@helios/charts/format'
import type { ApiKey } from '@helios/sdk'
import { Badge, Button, Code, Group, Paper, Text, Tooltip } from '@mantine/core'
import { useNow } from '../../lib/time.ts'
import classes from './keys.module.css'
import { SCOPES } from './scope-words.ts'

interface Props {
  readonly label: string
  readonly keys: readonly ApiKey[]
  /** Absent for keys that are revoked already. */
  readonly onRevoke?: (key: ApiKey) => void
}

export function KeyList({ label, keys, onRevoke }: Props) {
  const newestFirst = keys.toReversed()
  return (
    <Paper component="ul" withBorder radius="lg" className={classes.list} aria-label={label}>
      {newestFirst.map((key) => (
        <Line key={key.id} apiKey={key} onRevoke={onRevoke} />
      ))}
    </Paper>
  )
}

interface LineProps {
  readonly apiKey: ApiKey
  readonly onRevoke: Props['onRevoke'] | undefined
}

function Line({ apiKey, onRevoke }: LineProps) {
  const { id, name, scopes, createdAt, revokedAt } = apiKey
  return (
    <li className={classes.line} data-revoked={revokedAt === undefined ? undefined : true}>
      <div className={classes.name}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{name}</bdi>
        </Text>
        <Code className={classes.id}>hel_{id}_…</Code>
      </div>
      <Group gap={6} component="ul" className={classes.scopes} aria-label="Scopes">
        {scopes.map((scope) => (
          <Tooltip
            key={scope}
            label={SCOPES.find((words) => words.scope === scope)?.allows}
            events={{ hover: true, focus: true, touch: true }}
          >
            <Badge
              component="li"
              variant={scope === 'admin' ? 'light' : 'default'}
              tt="none"
              fw={550}
              tabIndex={0}
            >
              {scope}
            </Badge>
          </Tooltip>
        ))}
      </Group>
      <div className={classes.times}>
        <Moment what="Created" at={createdAt} />
        {revokedAt === undefined ? null : <Moment what="Revoked" at={revokedAt} />}
      </div>
      {onRevoke ? (
        <Button
          variant="default"
          size="xs"
          className={classes.revoke}
          aria-label={`Revoke ${name}`}
          onClick={() => onRevoke(apiKey)}
        >
          Revoke
        </Button>
      ) : null}
    </li>
  )
}

function Moment({ what, at }: { readonly what: string; readonly at: number }) {
  const now = useNow()
  return (
    <Tooltip label={formatTime(at)} events={{ hover: true, focus: true, touch: true }}>
      <Text size="sm" c="dimmed" component="time" tabIndex={0}>
        {what} {formatAge(at, now)}
      </Text>
    </Tooltip>
  )
}
