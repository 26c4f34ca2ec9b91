import { NumberInput, Select, Stack, TextInput } from '@mantine/core'
import classes from './define.module.css'
import type { FormPart } from './fields.ts'
import { FIELDS_OF_KIND, type MetricDraft, missingOf, readsItself } from './metric-draft.ts'

/** What most metrics can do without: limits, units without outcomes, unit of measure, covariate. */
export function LimitFields({ draft, problems, set }: FormPart) {
  const isDefaultZero = missingOf({ ...draft, missing: 'default' }) === 'zero'
  return (
    <Stack gap="md">
      <div className={classes.pair}>
        <NumberInput
          label="Cap"
          description="A unit’s value is at most this, so that one giant order does not decide."
          placeholder="None"
          thousandSeparator=","
          value={draft.cap}
          error={problems.cap}
          onChange={(cap) => set({ cap })}
        />
        <TextInput
          label="Unit of measure"
          description="Shown after the number; “currency” shows none."
          placeholder="s, turns, currency"
          maxLength={32}
          value={draft.unitOfMeasure}
          error={problems.unitOfMeasure}
          onChange={(event) => set({ unitOfMeasure: event.currentTarget.value })}
        />
      </div>
      {readsItself(draft) ? (
        <div className={classes.pair}>
          <NumberInput
            label="Smallest accepted value"
            description="Outcomes outside are refused."
            placeholder="Any"
            value={draft.minimum}
            error={problems.minimum}
            onChange={(minimum) => set({ minimum })}
          />
          <NumberInput
            label="Largest accepted value"
            description="A rating from 0 to 1: 1."
            placeholder="Any"
            value={draft.maximum}
            error={problems.maximum}
            onChange={(maximum) => set({ maximum })}
          />
        </div>
      ) : null}
      {FIELDS_OF_KIND[draft.kind].missing ? (
        <Select
          label="A unit without outcomes"
          data={[
            { value: 'default', label: `As usual: ${isDefaultZero ? 'counts as zero' : 'is left out'}` },
            { value: 'zero', label: 'Counts as zero' },
            { value: 'exclude', label: 'Is left out' },
          ]}
          description="Left out units make variants hard to compare when the treatment changes who has outcomes."
          value={draft.missing}
          allowDeselect={false}
          onChange={(missing) => set({ missing: (missing ?? 'default') as MetricDraft['missing'] })}
        />
      ) : null}
      <NumberInput
        label="Covariate days"
        description="The same metric over these days before the exposure is kept beside it, for methods that reduce variance; this release compares without."
        placeholder="None"
        value={draft.covariateDays}
        min={0}
        error={problems.covariateDays}
        onChange={(covariateDays) => set({ covariateDays })}
      />
    </Stack>
  )
}
