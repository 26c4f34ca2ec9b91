import { NativeSelect } from '@mantine/core'
import { type FieldProps, NumberField } from './number-field.tsx'
import classes from './power.module.css'
import { isEffectPercent, type PowerDraft } from './power-draft.ts'

/** What the answer depends on besides; the usual values serve most. */
export function MoreFields(props: FieldProps) {
  return (
    <details className={classes.more}>
      <summary>More: variants, error rate, covariates, clusters</summary>
      <div className={classes.fields}>
        <VariantFields {...props} />
        <TestFields {...props} />
        <NumberField
          {...props}
          name="covariateCorrelation"
          label="Correlation with a covariate"
          description="Behaviour before the experiment (CUPED); 0 for none."
          allowNegative
        />
        <NumberField
          {...props}
          name="coveragePercent"
          label="Share that takes part"
          description="Of the units that come."
          suffix=" %"
        />
        <NumberField
          {...props}
          name="clusterSize"
          label="Units per cluster"
          description="Where groups are randomised."
          placeholder="none"
        />
        <NumberField
          {...props}
          name="intraclassCorrelation"
          label="Intraclass correlation"
          description="How alike the units of a cluster are, 0 to 1."
          placeholder="none"
        />
      </div>
    </details>
  )
}

function VariantFields(props: FieldProps) {
  const { draft, change } = props
  return (
    <>
      <NumberField {...props} name="variants" label="Variants" description="Control included." />
      <NumberField
        {...props}
        name="controlRatio"
        label="Size of the control"
        description="Treatment = 1; empty: the best."
        placeholder="best"
      />
      <NativeSelect
        label="Comparisons share alpha by"
        description="With more than one treatment."
        data={[
          { value: 'bonferroni', label: 'Bonferroni' },
          { value: 'dunnett', label: 'Dunnett’s test' },
          { value: 'none', label: 'not at all' },
        ]}
        value={draft.correction}
        onChange={(event) => change({ correction: event.currentTarget.value as PowerDraft['correction'] })}
      />
    </>
  )
}

function TestFields(props: FieldProps) {
  const { draft, change } = props
  const isDifference = draft.hypothesis === 'difference'
  return (
    <>
      <NumberField
        {...props}
        name="alphaPercent"
        label="Error rate (alpha)"
        description="False alarms."
        suffix=" %"
      />
      <NativeSelect
        label="Sides of the test"
        description="One, if only one direction counts."
        data={['2', '1']}
        value={String(draft.sides)}
        onChange={(event) => change({ sides: event.currentTarget.value === '1' ? 1 : 2 })}
      />
      <NativeSelect
        label="Effects are"
        description="Of the value today, or of its unit."
        data={[
          { value: 'relative', label: 'relative' },
          { value: 'absolute', label: 'absolute' },
        ]}
        value={draft.effectScale}
        onChange={(event) => change({ effectScale: event.currentTarget.value as PowerDraft['effectScale'] })}
      />
      <NativeSelect
        label="To show"
        description="What the test is for."
        data={[
          { value: 'difference', label: 'a difference' },
          { value: 'non-inferiority', label: 'not worse (non-inferiority)' },
          { value: 'equivalence', label: 'the same (equivalence)' },
        ]}
        value={draft.hypothesis}
        onChange={(event) => change({ hypothesis: event.currentTarget.value as PowerDraft['hypothesis'] })}
      />
      {isDifference ? null : (
        <NumberField
          {...props}
          name="expectedEffect"
          label="Expected effect"
          description="The true one; mostly 0."
          suffix={isEffectPercent(draft) ? ' %' : ''}
          allowNegative
        />
      )}
      {draft.unknown === 'minimumDetectableEffect' ? (
        <NativeSelect
          label="Direction"
          description="Of the effect that is sought."
          data={[
            { value: 'increase', label: 'an increase' },
            { value: 'decrease', label: 'a decrease' },
          ]}
          value={draft.direction}
          onChange={(event) => change({ direction: event.currentTarget.value as PowerDraft['direction'] })}
        />
      ) : null}
    </>
  )
}
