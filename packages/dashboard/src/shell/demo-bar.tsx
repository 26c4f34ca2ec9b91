import { formatCount, formatPercent, formatValue } from '@helios/charts/format'
import type { DemoStatus } from '@helios/sdk'
import { ActionIcon, Group, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconMinus, IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useSession } from '../api/queries.ts'
import { faster, slower, useDemo, useDemoSpeed } from './demo.ts'
import classes from './demo-bar.module.css'

const USUAL_SPEED = 2
const EVENTS = { hover: true, focus: true, touch: true }

interface Props {
  readonly onShowTruth: () => void
}

/** Says that the traffic is simulated, and how fast it flows; nothing on a server without a demo. */
export function DemoBar({ onShowTruth }: Props) {
  const { data: demo } = useDemo()
  if (!demo) return null
  const { unitsSent, history } = demo
  return (
    <section className={classes.bar} aria-label="Simulated traffic">
      <div>
        <Text size="sm" fw={650}>
          Simulated traffic
        </Text>
        <Text size="xs" c="dimmed" className="number">
          {history && history.share < 1
            ? `Making ${formatCount(history.days)} days of past: ${formatPercent(history.share)}`
            : `${formatCount(unitsSent)} units sent`}
        </Text>
      </div>
      <SpeedControl demo={demo} />
      <UnstyledButton className={classes.truth} onClick={onShowTruth}>
        What is true
      </UnstyledButton>
    </section>
  )
}

function SpeedControl({ demo: { speed } }: { readonly demo: DemoStatus }) {
  const { data: session } = useSession()
  const change = useDemoSpeed()
  const [wanted, setWanted] = useState(USUAL_SPEED)
  const isAdmin = session?.scopes.includes('admin') ?? false
  const isPaused = speed === 0
  const set = (next: number) => {
    if (next > 0) setWanted(next)
    change.mutate(next)
  }
  const button = (label: string, icon: ReactNode, next: number, isAtEnd = false) => (
    <Tooltip label={isAdmin ? label : 'Only an admin changes the speed'} events={EVENTS}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={label}
        aria-disabled={!isAdmin || isAtEnd}
        data-disabled={!isAdmin || isAtEnd}
        onClick={() => isAdmin && !isAtEnd && set(next)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <Group gap={6} wrap="nowrap">
      {isPaused
        ? button('Resume the traffic', <IconPlayerPlayFilled size={14} />, wanted)
        : button('Pause the traffic', <IconPlayerPauseFilled size={14} />, 0)}
      {button('Slower', <IconMinus size={14} />, slower(speed), isPaused || slower(speed) >= speed)}
      <Tooltip label={`About ${formatValue(speed)} new units a second, over all experiments`} events={EVENTS}>
        <Text size="sm" fw={600} ta="center" className={classes.speed} role="status" tabIndex={0}>
          {isPaused ? 'Paused' : `${speed}/s`}
        </Text>
      </Tooltip>
      {button('Faster', <IconPlus size={14} />, faster(speed), faster(speed) <= speed)}
    </Group>
  )
}
