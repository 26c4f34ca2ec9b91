import type { Experiment } from '@helios/sdk'
import { Anchor, Text, Title } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { Link } from 'wouter'
import { segment } from '../../../api/request.ts'
import { type Catalogue, nameOfMetric } from '../results/effects.ts'
import { Section } from '../section.tsx'
import classes from './design.module.css'

interface Props {
  readonly experiment: Experiment
  readonly catalogue: Catalogue
}

/** What is measured, by the part that it plays. */
export function Metrics({ experiment: { metrics }, catalogue }: Props) {
  return (
    <Section title="Metrics">
      <div className={classes.roles}>
        <Role title="Primary" explanation="Decide" metrics={metrics.primary} catalogue={catalogue} />
        <Role
          title="Guardrails"
          explanation="Must not get worse"
          metrics={metrics.guardrails}
          catalogue={catalogue}
        />
        <Role
          title="Secondary"
          explanation="Help to understand"
          metrics={metrics.secondary}
          catalogue={catalogue}
        />
      </div>
    </Section>
  )
}

interface RoleProps {
  readonly title: string
  readonly explanation: string
  readonly metrics: readonly string[]
  readonly catalogue: Catalogue
}

function Role({ title, explanation, metrics, catalogue }: RoleProps) {
  return (
    <div>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {explanation}
      </Text>
      {metrics.length === 0 ? (
        <Text mt={6}>None.</Text>
      ) : (
        <ul>
          {metrics.map((key) => (
            <li key={key}>
              <Anchor component={Link} href={`/catalogue?metric=${segment(key)}`}>
                <bdi>{nameOfMetric(catalogue, key)}</bdi>
              </Anchor>{' '}
              <Direction direction={catalogue.get(key)?.direction} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Direction({ direction }: { readonly direction: 'increase' | 'decrease' | undefined }) {
  if (direction === undefined) return null
  const Arrow = direction === 'increase' ? IconArrowUpRight : IconArrowDownRight
  return (
    <span className={classes.quiet}>
      <Arrow size={14} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
      {direction === 'increase' ? 'more is better' : 'less is better'}
    </span>
  )
}
