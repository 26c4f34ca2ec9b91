import { NativeSelect } from '@mantine/core'
import { type FieldProps, NumberField } from './number-field.tsx'
import classes from './power.module.css'
import { isShare, type PowerDraft } from './power-draft.ts'

const KINDS = [
  { value: 'proportion', label: 'a share of units (converted)' },
  { value: 'retention', label: 'a share of units that come back' },
  { value: 'mean', label: 'a mean per unit (revenue, rating, seconds)' },
  { value: 'count', label: 'a count per unit (visits, messages)' },
  { value: 'ratio', label: 'a ratio of two sums (clicks per view)' },
]

/** What is measured, and what is known of it. */
export function MetricFields(props: FieldProps) {
  const { draft, change } = props
  const choose = (kind: PowerDraft['kind']) => {
    // 10 % of units and 10 units of a currency have nothing to do with each other.
    const keepsBaseline = isShare({ kind }) === isShare(draft)
    change({ kind, ...(keepsBaseline ? {} : { baseline: '' }) })
  }
  return (
    <>
      <NativeSelect
        className={classes.wide}
        label="The metric is"
        data={KINDS}
        value={draft.kind}
        onChange={(event) => choose(event.currentTarget.value as PowerDraft['kind'])}
      />
      {draft.kind === 'ratio' ? <RatioFields {...props} /> : <ValueFields {...props} />}
    </>
  )
}

function ValueFields(props: FieldProps) {
  const { kind } = props.draft
  const isPart = isShare(props.draft)
  return (
    <>
      <NumberField
        {...props}
        name="baseline"
        label="Its value today"
        description={
          isPart ? 'Share of units, in percent.' : kind === 'count' ? 'Events per unit.' : 'Mean over units.'
        }
        suffix={isPart ? ' %' : ''}
        allowNegative={kind === 'mean'}
      />
      {kind === 'mean' ? (
        <NumberField
          {...props}
          name="standardDeviation"
          label="Standard deviation"
          description="Over units."
        />
      ) : null}
      {kind === 'count' ? (
        <NumberField
          {...props}
          name="dispersion"
          label="Variance over mean"
          description="1 for events by chance (Poisson), mostly more."
        />
      ) : null}
    </>
  )
}

function RatioFields(props: FieldProps) {
  return (
    <>
      <NumberField
        {...props}
        name="numeratorMean"
        label="Mean above the line"
        description="Per unit."
        allowNegative
      />
      <NumberField
        {...props}
        name="numeratorDeviation"
        label="Its standard deviation"
        description="Over units."
      />
      <NumberField {...props} name="denominatorMean" label="Mean below the line" description="Per unit." />
      <NumberField
        {...props}
        name="denominatorDeviation"
        label="Its standard deviation"
        description="Over units."
      />
      <NumberField
        {...props}
        name="ratioCorrelation"
        label="Correlation of the two"
        description="Over units, −1 to 1."
        allowNegative
      />
    </>
  )
}
