import { NumberInput, Slider, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { AudienceField } from '../../../parts/forms/audience-field.tsx'
import type { ShareDraft } from '../draft.ts'
import { numberOf } from '../number-of.ts'
import type { StepProps } from '../step-props.ts'
import classes from './audience-step.module.css'

interface Props extends StepProps {
  readonly showsProblems: boolean
}

/** Audience, coverage, dimensions, and what keeps experiments apart. */
export function AudienceStep({ draft, change, errorOf, showsProblems }: Props) {
  const units = `${draft.unit}s`
  return (
    <Stack gap="lg">
      <Part title="Audience" lead={`Which ${units} may take part, by what your code says of them.`}>
        <AudienceField
          value={draft.audience}
          showsProblems={showsProblems}
          onChange={(audience) => change({ audience })}
        />
      </Part>
      <Part
        title="Coverage"
        lead={`How many of them take part. The others get the control and are not counted; raising it later adds ${units} and moves none.`}
      >
        <Coverage draft={draft} change={change} errorOf={errorOf} />
      </Part>
      <Part title="Dimensions" lead="Attributes by which the result is split, such as country or device.">
        <TagsInput
          id="dimensions"
          aria-label="Dimensions"
          placeholder="Enter after each; at most five"
          maxTags={5}
          value={[...draft.dimensions]}
          error={errorOf('dimensions')}
          onChange={(dimensions) => change({ dimensions })}
        />
      </Part>
      <Part title="Apart from other experiments">
        <Stack gap="md">
          <SharePart
            id="layer"
            label="Share a layer"
            description={`Experiments of one layer never have a ${draft.unit} in common: each takes its share of the layer.`}
            value={draft.layer}
            onChange={(layer) => change({ layer })}
            errorOf={errorOf}
          />
          <SharePart
            id="holdout"
            label="Respect a holdout"
            description={`A part of the ${units} that is kept out of every experiment that names the holdout, to measure all of them together.`}
            value={draft.holdout}
            onChange={(holdout) => change({ holdout })}
            errorOf={errorOf}
          />
          <Switch
            id="sticky"
            label="Sticky"
            description={`A ${draft.unit} that met a variant keeps it, whatever is changed later. Needs a client that remembers.`}
            checked={draft.sticky}
            onChange={(event) => change({ sticky: event.currentTarget.checked })}
          />
        </Stack>
      </Part>
    </Stack>
  )
}

interface PartProps {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

function Part({ title, lead, children }: PartProps) {
  return (
    <fieldset className={classes.part}>
      <legend>{title}</legend>
      {lead === undefined ? null : (
        <Text size="sm" c="dimmed" mb="xs">
          {lead}
        </Text>
      )}
      {children}
    </fieldset>
  )
}

function Coverage({ draft, change, errorOf }: StepProps) {
  const { coveragePercent } = draft
  return (
    <div className={classes.coverage}>
      <Slider
        thumbLabel="Coverage in percent"
        min={0}
        max={100}
        step={1}
        label={(value) => `${value} %`}
        value={coveragePercent === '' ? 0 : coveragePercent}
        onChange={(value) => change({ coveragePercent: value })}
      />
      <NumberInput
        id="coverage"
        aria-label="Coverage"
        suffix=" %"
        min={0}
        max={100}
        decimalScale={4}
        hideControls
        value={coveragePercent}
        error={errorOf('coverage')}
        onChange={(value) => change({ coveragePercent: numberOf(value) })}
      />
    </div>
  )
}

interface ShareProps {
  readonly id: 'layer' | 'holdout'
  readonly label: string
  readonly description: string
  readonly value: ShareDraft
  readonly onChange: (value: ShareDraft) => void
  readonly errorOf: StepProps['errorOf']
}

function SharePart({ id, label, description, value, onChange, errorOf }: ShareProps) {
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        description={description}
        checked={value.isUsed}
        onChange={(event) => onChange({ ...value, isUsed: event.currentTarget.checked })}
      />
      {value.isUsed ? (
        <div className={classes.share}>
          <TextInput
            id={`${id}-key`}
            label={`Key of the ${id}`}
            placeholder={id === 'layer' ? 'checkout' : 'global-2026'}
            spellCheck={false}
            value={value.key}
            error={errorOf(`${id}-key`)}
            onChange={(event) => onChange({ ...value, key: event.currentTarget.value })}
          />
          <NumberInput
            id={`${id}-share`}
            label="Share"
            suffix=" %"
            min={0}
            max={100}
            decimalScale={4}
            hideControls
            value={value.percent}
            error={errorOf(`${id}-share`)}
            onChange={(percent) => onChange({ ...value, percent: numberOf(percent) })}
          />
        </div>
      ) : null}
    </Stack>
  )
}
