import type { Analysis, Experiment, Variant } from '@helios/sdk'
import { Radio, ScrollArea, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Catalogue, effectInWords, effectsOf, nameOfMetric } from '../results/effects.ts'
import { counted, isolated } from '../words.ts'

const MOST_SHOWN = 30
const SEARCHED_FROM = 9

interface Props {
  readonly experiment: Experiment
  readonly analysis: Analysis | undefined
  readonly catalogue: Catalogue
  readonly value: string
  readonly onChange: (variant: string) => void
}

/** Which variant everyone gets from now on, each with what it does at present. */
export function ShipChoice({ experiment, analysis, catalogue, value, onChange }: Props) {
  const [words, setWords] = useState('')
  const { variants } = experiment
  const found = variants.filter(({ key, name }) =>
    `${key} ${name}`.toLowerCase().includes(words.toLowerCase()),
  )
  const shown = found.slice(0, MOST_SHOWN)
  const hidden = found.length - shown.length
  return (
    <Stack gap="xs">
      {variants.length < SEARCHED_FROM ? null : (
        <TextInput
          type="search"
          label="Find a variant"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <Radio.Group label="What everyone gets from now on" value={value} onChange={onChange}>
        <ScrollArea.Autosize mah={280} mt="xs" type="auto">
          <Stack gap="sm" py={2} pl={2}>
            {shown.map((variant) => (
              <Radio
                key={variant.key}
                value={variant.key}
                label={<bdi style={{ overflowWrap: 'anywhere' }}>{variant.name}</bdi>}
                description={descriptionOf(variant, experiment, analysis, catalogue)}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        {hidden > 0 ? <span>{counted(hidden, 'more variant')}: search to see others.</span> : null}
      </Radio.Group>
    </Stack>
  )
}

function descriptionOf(
  { key }: Variant,
  { control, metrics }: Experiment,
  analysis: Analysis | undefined,
  catalogue: Catalogue,
): string {
  if (key === control) return 'The control: nothing changes for anyone outside the experiment.'
  const effects = analysis === undefined ? [] : effectsOf(analysis, metrics.primary)
  const words = effects
    .filter(({ variant }) => variant === key)
    .map(({ metric, comparison, reading }) => {
      const amount = effectInWords(comparison, catalogue.get(metric))
      const verdict = reading === 'undecided' ? 'not decided' : reading
      return `${isolated(nameOfMetric(catalogue, metric))} ${amount}, ${verdict}`
    })
  return words.length > 0 ? words.join('; ') : 'No effect to show.'
}
