import { NativeSelect, Text } from '@mantine/core'
import { MetricFields } from './metric-fields.tsx'
import { MoreFields } from './more-fields.tsx'
import { type FieldProps, NumberField } from './number-field.tsx'
import classes from './power.module.css'
import { isEffectPercent, type PowerDraft } from './power-draft.ts'

const UNKNOWNS = [
  { value: 'unitsPerVariant', label: 'how many units it takes' },
  { value: 'minimumDetectableEffect', label: 'which effect can be found' },
  { value: 'power', label: 'how likely the effect is found' },
]
const METHODS = [
  { value: 'fixed-horizon', label: 'once, at the end' },
  { value: 'always-valid', label: 'at any time (always valid)' },
  { value: 'group-sequential', label: 'at a few planned looks' },
]
const EFFECTS: Readonly<Record<PowerDraft['hypothesis'], string>> = {
  difference: 'Smallest effect that matters',
  'non-inferiority': 'Margin: what would be too bad',
  equivalence: 'Margin: what counts as the same',
}

/** The question: what is measured, what is known, and what else it depends on. */
export function PowerFields({ draft, change }: FieldProps) {
  const { unknown, method } = draft
  return (
    <>
      <div className={classes.fields}>
        <NativeSelect
          className={classes.wide}
          label="I want to know"
          data={UNKNOWNS}
          value={unknown}
          onChange={(event) => change({ unknown: event.currentTarget.value as PowerDraft['unknown'] })}
        />
        <MetricFields draft={draft} change={change} />
        {unknown === 'minimumDetectableEffect' ? null : <EffectField draft={draft} change={change} />}
        {unknown === 'unitsPerVariant' ? null : (
          <NumberField
            draft={draft}
            change={change}
            name="unitsPerVariant"
            label="Units per variant"
            description="How many there will be."
          />
        )}
        {unknown === 'power' ? null : (
          <NumberField
            draft={draft}
            change={change}
            name="powerPercent"
            label="Power"
            description="Chance to find the effect if it is real."
            suffix=" %"
          />
        )}
        <NumberField
          draft={draft}
          change={change}
          name="unitsPerDay"
          label="Units per day"
          description="That could take part."
        />
        <NativeSelect
          className={classes.wide}
          label="The result is read"
          data={METHODS}
          value={method}
          onChange={(event) => change(methodChosen(event.currentTarget.value as PowerDraft['method']))}
        />
        {method === 'fixed-horizon' ? null : (
          <NumberField
            draft={draft}
            change={change}
            name="looks"
            label="Looks"
            description="Up to the planned sample, 1 to 50."
          />
        )}
        {method === 'group-sequential' ? (
          <NativeSelect
            label="Error is spent"
            description="How early the test may stop."
            data={[
              { value: 'obrien-fleming', label: 'late (O’Brien and Fleming)' },
              { value: 'pocock', label: 'evenly (Pocock)' },
            ]}
            value={draft.spending}
            onChange={(event) => change({ spending: event.currentTarget.value as PowerDraft['spending'] })}
          />
        ) : null}
      </div>
      <MoreFields draft={draft} change={change} />
      <Text size="xs" c="dimmed" mt="sm">
        Nothing is stored, and nothing leaves this server.
      </Text>
    </>
  )
}

/** Days of two weeks for always-valid tests, the usual five for planned looks. */
function methodChosen(method: PowerDraft['method']): Partial<PowerDraft> {
  return { method, looks: method === 'group-sequential' ? 5 : 14 }
}

function EffectField({ draft, change }: FieldProps) {
  const isPercent = isEffectPercent(draft)
  const description =
    draft.effectScale === 'relative' ? 'Relative; below 0: a decrease.' : 'Below 0: a decrease.'
  return (
    <NumberField
      draft={draft}
      change={change}
      name="effect"
      label={EFFECTS[draft.hypothesis]}
      description={description}
      suffix={draft.effectScale === 'absolute' && isPercent ? ' pp' : isPercent ? ' %' : ''}
      allowNegative
    />
  )
}
