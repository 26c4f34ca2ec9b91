import { NativeSelect, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { CORRECTIONS, METHODS, SPENDING } from '../method-words.ts'
import {
  type AnalysisDraft,
  analysisFieldId,
  type AnalysisField as Field,
  needsMinimumSample,
  USUAL_ANALYSIS,
} from './analysis-draft.ts'
import classes from './analysis-field.module.css'

interface Props {
  readonly value: AnalysisDraft
  /** Whether units per variant are planned. */
  readonly hasMinimumSample: boolean
  readonly errorOf: (field: Field) => string | undefined
  readonly onChange: (value: AnalysisDraft) => void
}

/** How the numbers are judged: folded away, since what is usual suits most. */
export function AnalysisSettingsField({ value, hasMinimumSample, errorOf, onChange }: Props) {
  const hasError = (Object.keys(USUAL_ANALYSIS) as Field[]).some((field) => errorOf(field) !== undefined)
  const [isOpened, setOpened] = useState(false)
  const set = (fields: Partial<AnalysisDraft>) => onChange({ ...value, ...fields })
  return (
    <details
      className={classes.details}
      open={isOpened || hasError}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        <span className={classes.title}>Analysis</span>
        <span className={classes.hint}>{inShort(value)}</span>
      </summary>
      <Stack gap="lg" className={classes.fields}>
        <Method value={value} hasMinimumSample={hasMinimumSample} set={set} errorOf={errorOf} />
        <Judgement value={value} set={set} errorOf={errorOf} />
      </Stack>
    </details>
  )
}

function inShort({ method, correction, minimumDurationDays }: AnalysisDraft): string {
  const { name, when } = METHODS[method]
  const days =
    minimumDurationDays === '' || minimumDurationDays === 0 ? '' : `, ${minimumDurationDays} days at least`
  return `${name}: ${when}; ${CORRECTIONS[correction].name}${days}`
}

interface PartProps {
  readonly value: AnalysisDraft
  readonly set: (fields: Partial<AnalysisDraft>) => void
  readonly errorOf: Props['errorOf']
}

function Method({ value, hasMinimumSample, set, errorOf }: PartProps & Pick<Props, 'hasMinimumSample'>) {
  const { method, looks, spending } = value
  return (
    <>
      <Radio.Group
        label="When the numbers may be read"
        value={method}
        onChange={(name) => set({ method: name as AnalysisDraft['method'] })}
      >
        <Stack gap="sm" mt={8}>
          {Object.entries(METHODS).map(([key, { name, when, explanation }]) => (
            <Radio
              key={key}
              id={key === 'always-valid' ? analysisFieldId('method') : undefined}
              value={key}
              label={`${name}: ${when}`}
              description={explanation}
            />
          ))}
        </Stack>
      </Radio.Group>
      {needsMinimumSample(value) && !hasMinimumSample ? (
        <Text size="sm" c="var(--attention)" role="status">
          This method reads its numbers at the minimum sample. Set one, or nothing can be concluded before the
          experiment ends.
        </Text>
      ) : null}
      {method === 'group-sequential' ? (
        <div className={classes.pair}>
          <Amount
            field="looks"
            label="Looks"
            description="At equal shares of the minimum sample."
            value={looks}
            error={errorOf('looks')}
            onChange={(next) => set({ looks: next })}
          />
          <NativeSelect
            id={analysisFieldId('spending')}
            label="How the error rate is spent"
            data={Object.entries(SPENDING).map(([key, label]) => ({ value: key, label }))}
            value={spending}
            onChange={(event) => set({ spending: event.currentTarget.value as AnalysisDraft['spending'] })}
          />
        </div>
      ) : null}
    </>
  )
}

function Judgement({ value, set, errorOf }: PartProps) {
  return (
    <>
      <NativeSelect
        id={analysisFieldId('correction')}
        label="Correction for several comparisons"
        description="Over variants and primary metrics together."
        data={Object.entries(CORRECTIONS).map(([key, { name, controls }]) => ({
          value: key,
          label: `${name}: ${controls}`,
        }))}
        value={value.correction}
        onChange={(event) => set({ correction: event.currentTarget.value as AnalysisDraft['correction'] })}
      />
      <NativeSelect
        id={analysisFieldId('varianceReduction')}
        label="Variance reduction"
        description="Uses what units did before the experiment, so that fewer are needed."
        data={[
          { value: 'auto', label: 'Automatic: CUPED where a metric has a covariate' },
          { value: 'none', label: 'None: the plain difference' },
        ]}
        value={value.varianceReduction}
        onChange={(event) =>
          set({ varianceReduction: event.currentTarget.value as AnalysisDraft['varianceReduction'] })
        }
      />
      <div className={classes.pair}>
        <Amount
          field="guardrailMarginPercent"
          label="Guardrail margin"
          description="How much worse a guardrail may be, as a share of the control."
          suffix=" %"
          value={value.guardrailMarginPercent}
          error={errorOf('guardrailMarginPercent')}
          onChange={(next) => set({ guardrailMarginPercent: next })}
        />
        <Amount
          field="practicalEquivalencePercent"
          label="Effects that do not matter"
          description="Relative effects below this are as good as none."
          suffix=" %"
          value={value.practicalEquivalencePercent}
          error={errorOf('practicalEquivalencePercent')}
          onChange={(next) => set({ practicalEquivalencePercent: next })}
        />
        <Amount
          field="priorDeviationPercent"
          label="Usual size of effects"
          description="Standard deviation of the relative effects you expect: the Bayesian prior, and what is too good to be true."
          suffix=" %"
          value={value.priorDeviationPercent}
          error={errorOf('priorDeviationPercent')}
          onChange={(next) => set({ priorDeviationPercent: next })}
        />
        <Amount
          field="minimumDurationDays"
          label="Minimum duration"
          description="Days before which nothing is concluded; whole weeks weigh all weekdays alike."
          suffix=" days"
          value={value.minimumDurationDays}
          error={errorOf('minimumDurationDays')}
          onChange={(next) => set({ minimumDurationDays: next })}
        />
      </div>
    </>
  )
}

interface AmountProps {
  readonly field: Field
  readonly label: string
  readonly description: ReactNode
  readonly suffix?: string
  readonly value: number | ''
  readonly error: string | undefined
  readonly onChange: (value: number | '') => void
}

function Amount({ field, onChange, ...input }: AmountProps) {
  return (
    <NumberInput
      id={analysisFieldId(field)}
      hideControls
      allowNegative={false}
      clampBehavior="none"
      onChange={(value) => onChange(typeof value === 'number' && Number.isFinite(value) ? value : '')}
      {...input}
    />
  )
}
