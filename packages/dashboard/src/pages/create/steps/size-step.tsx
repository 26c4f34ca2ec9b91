import { NativeSelect, NumberInput, Stack } from '@mantine/core'
import { analysisFieldId } from '../../../parts/forms/analysis-draft.ts'
import { AnalysisSettingsField } from '../../../parts/forms/analysis-field.tsx'
import type { NumberDraft, SizeDraft } from '../draft.ts'
import { numberOf } from '../number-of.ts'
import type { StepProps } from '../step-props.ts'
import { SizeAnswer } from './size-answer.tsx'
import classes from './size-step.module.css'

const KINDS = [
  { value: 'proportion', label: 'a share of units (converted, retained)' },
  { value: 'mean', label: 'a mean per unit (revenue, rating, seconds)' },
]

/** How many units the answer needs and how long that takes, while typing; and when the answer counts. */
export function SizeStep({ draft, change, errorOf }: StepProps) {
  const { size, minimumSample, maximumDurationDays, analysis } = draft
  const set = (fields: Partial<SizeDraft>) => change({ size: { ...size, ...fields } })
  const field = (name: NumberField) => ({
    value: size[name],
    onChange: (value: number | string) => set({ [name]: numberOf(value) }),
  })
  const isShare = size.kind === 'proportion'
  return (
    <Stack gap="lg">
      <div className={classes.fields}>
        <NativeSelect
          className={classes.wide}
          label="The primary metric is"
          data={KINDS}
          value={size.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as SizeDraft['kind'], baseline: '' })}
        />
        <Amount
          label="Its value today"
          description={isShare ? 'Share of units, in percent.' : 'Mean over units.'}
          suffix={isShare ? ' %' : ''}
          allowNegative={!isShare}
          {...field('baseline')}
        />
        {isShare ? null : (
          <Amount label="Standard deviation" description="Over units." {...field('standardDeviation')} />
        )}
        <Amount
          label="Smallest effect that matters"
          description="Relative to the value today."
          suffix=" %"
          {...field('effectPercent')}
        />
        <Amount
          label="Units per day"
          description="How many could take part; for the duration."
          {...field('unitsPerDay')}
        />
        <Amount
          id="alpha"
          label="Error rate (alpha)"
          description="False alarms; the analysis uses it too."
          suffix=" %"
          error={errorOf('alpha')}
          {...field('alphaPercent')}
        />
        <Amount
          label="Power"
          description="Chance to find the effect if it is real."
          suffix=" %"
          {...field('powerPercent')}
        />
      </div>
      <SizeAnswer draft={draft} change={change} />
      <div className={classes.fields}>
        <Amount
          id="minimum-sample"
          label="Minimum sample"
          description="Units per variant below which the answer is called preliminary."
          value={minimumSample}
          error={errorOf('minimum-sample')}
          onChange={(value) => change({ minimumSample: numberOf(value) })}
        />
        <Amount
          id="maximum-duration"
          label="Maximum duration"
          description="Days after which you are told to decide."
          suffix=" days"
          value={maximumDurationDays}
          error={errorOf('maximum-duration')}
          onChange={(value) => change({ maximumDurationDays: numberOf(value) })}
        />
      </div>
      <AnalysisSettingsField
        value={analysis}
        hasMinimumSample={minimumSample !== '' && minimumSample > 0}
        errorOf={(name) => errorOf(analysisFieldId(name))}
        onChange={(settings) => change({ analysis: settings })}
      />
    </Stack>
  )
}

type NumberField =
  | 'baseline'
  | 'standardDeviation'
  | 'effectPercent'
  | 'unitsPerDay'
  | 'alphaPercent'
  | 'powerPercent'

interface AmountProps {
  readonly id?: string
  readonly label: string
  readonly description: string
  readonly suffix?: string
  readonly allowNegative?: boolean
  readonly value: NumberDraft
  readonly error?: string | undefined
  readonly onChange: (value: number | string) => void
}

function Amount({ error, allowNegative = false, ...field }: AmountProps) {
  return (
    <NumberInput hideControls thousandSeparator="," allowNegative={allowNegative} error={error} {...field} />
  )
}
