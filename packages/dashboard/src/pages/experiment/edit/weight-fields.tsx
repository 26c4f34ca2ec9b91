import type { Experiment } from '@helios/sdk'
import { Button, NumberInput, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { SharesBar } from '../../../parts/forms/shares-bar.tsx'
import { counted } from '../words.ts'
import type { EditDraft } from './draft.ts'
import classes from './edit.module.css'
import { numberOf } from './number-of.ts'
import type { Problems } from './problems.ts'

interface Props {
  readonly draft: EditDraft
  readonly experiment: Experiment
  readonly problems: Problems
  readonly onChange: (fields: Partial<EditDraft>) => void
}

const FIELDS_AT_FIRST = 50

/** How traffic is divided: equally, or by weights, with the shares that they make. */
export function WeightFields({ draft, experiment, problems, onChange }: Props) {
  if (experiment.allocation.kind === 'dynamic') {
    return (
      <Text size="sm" c="dimmed">
        The policy {experiment.allocation.policy.kind} divides the traffic.
      </Text>
    )
  }
  return (
    <>
      <SegmentedControl
        aria-label="How traffic is divided"
        data={[
          { value: 'equal', label: 'Equal shares' },
          { value: 'weighted', label: 'By weight' },
        ]}
        value={draft.isWeighted ? 'weighted' : 'equal'}
        onChange={(value) => onChange({ isWeighted: value === 'weighted' })}
      />
      {draft.isWeighted ? <Weights draft={draft} problems={problems} onChange={onChange} /> : null}
      <SharesBar shares={sharesOf(draft)} />
    </>
  )
}

function Weights({ draft, problems, onChange }: Omit<Props, 'experiment'>) {
  const [isWhole, setWhole] = useState(false)
  const { variants } = draft
  const shown = isWhole ? variants : variants.slice(0, FIELDS_AT_FIRST)
  const setWeight = (id: number, weight: number | '') =>
    onChange({ variants: variants.map((other) => (other.id === id ? { ...other, weight } : other)) })
  return (
    <div className={classes.weights}>
      {shown.map(({ id, key, name, weight }) => (
        <NumberInput
          key={id}
          label={<bdi>{name || key}</bdi>}
          aria-label={`Weight of ${name || key}`}
          min={0}
          clampBehavior="none"
          value={weight}
          error={problems.get(`weight-${id}`)}
          onChange={(value) => setWeight(id, numberOf(value))}
        />
      ))}
      {shown.length < variants.length ? (
        <Button variant="default" onClick={() => setWhole(true)}>
          Show all {counted(variants.length, 'weight')}
        </Button>
      ) : null}
    </div>
  )
}

function sharesOf({ variants, isWeighted, control }: EditDraft) {
  const weights = variants.map(({ weight }) => (isWeighted ? Math.max(0, Number(weight)) : 1))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return variants.map(({ id, key, name }, i) => ({
    key: name || key,
    share: sum > 0 ? (weights[i] ?? 0) / sum : 0,
    isControl: id === control,
  }))
}
