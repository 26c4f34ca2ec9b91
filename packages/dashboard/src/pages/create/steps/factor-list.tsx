import { Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { combinationCount, combinationsOf, emptyFactor, nextId } from '../draft.ts'
import type { StepProps } from '../step-props.ts'
import { ADD_FACTOR_ID, MOST_FACTORS } from '../variant-problems.ts'
import classes from './factor-card.module.css'
import { FactorCard } from './factor-card.tsx'

/** Enough to see what becomes of the factors. */
const SHOWN = 24

export function FactorList({ draft, change, errorOf }: StepProps) {
  const { factors } = draft
  return (
    <Stack gap="md">
      {factors.map((factor, index) => (
        <FactorCard
          key={factor.id}
          factor={factor}
          number={index + 1}
          errorOf={errorOf}
          isRemovable={factors.length > 1}
          onChange={(next) =>
            change({ factors: factors.map((other) => (other.id === factor.id ? next : other)) })
          }
          onRemove={() => change({ factors: factors.filter((other) => other.id !== factor.id) })}
        />
      ))}
      <Button
        id={ADD_FACTOR_ID}
        variant="default"
        size="sm"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={factors.length >= MOST_FACTORS}
        onClick={() => change({ factors: [...factors, emptyFactor(nextId(factors))] })}
      >
        Add a factor
      </Button>
      {errorOf(ADD_FACTOR_ID) ? (
        <Text size="sm" c="var(--bad)">
          {errorOf(ADD_FACTOR_ID)}
        </Text>
      ) : null}
      <Combinations draft={draft} />
    </Stack>
  )
}

function Combinations({ draft: { factors } }: Pick<StepProps, 'draft'>) {
  const count = combinationCount(factors)
  const shown = combinationsOf(factors, SHOWN)
  return (
    <section aria-label="Combinations">
      <Text size="sm" fw={550} role="status">
        {count} {count === 1 ? 'variant' : 'variants'}, with equal shares
      </Text>
      <ul className={classes.combinations}>
        {shown.map(({ key, isControl }, index) => (
          <li key={index}>
            <code>{key}</code>
            {isControl ? ' control' : ''}
          </li>
        ))}
        {count > shown.length ? <li>and {count - shown.length} more</li> : null}
      </ul>
    </section>
  )
}
