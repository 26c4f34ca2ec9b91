import { ActionIcon, Autocomplete, Button, Fieldset, Input, NumberInput, Stack } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import classes from './define.module.css'
import type { TermDraft } from './metric-draft.ts'

const MOST_TERMS = 8

interface Props {
  readonly label: 'Numerator' | 'Denominator'
  readonly terms: readonly TermDraft[]
  readonly problem: string | undefined
  /** Keys to choose from; others may be typed. */
  readonly keys: readonly string[]
  readonly onChange: (terms: readonly TermDraft[]) => void
}

/** One part of a ratio: a weighted sum of outcomes, mostly of one metric. */
export function TermList({ label, terms, problem, keys, onChange }: Props) {
  const replace = (at: number, change: Partial<TermDraft>) =>
    onChange(terms.map((term, index) => (index === at ? { ...term, ...change } : term)))
  return (
    <Fieldset legend={label} radius="md">
      <Stack gap={8}>
        {terms.map((term, index) => (
          <div key={index} className={classes.term}>
            <NumberInput
              aria-label={`${label}, weight ${index + 1}`}
              value={term.weight}
              suffix=" ×"
              hideControls
              onChange={(weight) => replace(index, { weight })}
            />
            <Autocomplete
              aria-label={`${label}, metric ${index + 1}`}
              placeholder="clicks"
              data={[...keys]}
              limit={20}
              value={term.source}
              error={problem !== undefined && term.source === ''}
              onChange={(source) => replace(index, { source: source.trim() })}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={`Remove ${label.toLowerCase()} term ${index + 1}`}
              disabled={terms.length === 1}
              onClick={() => onChange(terms.filter((_, place) => place !== index))}
            >
              <IconMinus size={16} />
            </ActionIcon>
          </div>
        ))}
        {problem === undefined ? null : <Input.Error role="alert">{problem}</Input.Error>}
        {terms.length < MOST_TERMS ? (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => onChange([...terms, { source: '', weight: 1 }])}
          >
            Add a term to the {label.toLowerCase()}
          </Button>
        ) : null}
      </Stack>
    </Fieldset>
  )
}
