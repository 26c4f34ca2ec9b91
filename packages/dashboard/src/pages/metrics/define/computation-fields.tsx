import type { Aggregation } from '@helios/sdk'
import { Autocomplete, NumberInput, Select, Stack, Switch } from '@mantine/core'
import { AGGREGATION_WORDS } from '../kind-words.ts'
import classes from './define.module.css'
import type { FormPart } from './fields.ts'
import { aggregationOf, FIELDS_OF_KIND } from './metric-draft.ts'
import { TermList } from './term-list.tsx'

/** From which outcomes the number is made, and how: the fields that the kind has. */
export function ComputationFields(part: FormPart) {
  const { draft, problems, set, metrics } = part
  const has = FIELDS_OF_KIND[draft.kind]
  const keys = metrics
    .filter(({ key, terms }) => terms.some(({ source }) => source === key))
    .map(({ key }) => key)
  return (
    <Stack gap="md">
      {has.source ? <SourceField {...part} keys={keys} /> : null}
      {has.parts ? (
        <>
          <TermList
            label="Numerator"
            terms={draft.numerator}
            problem={problems.numerator}
            keys={keys}
            onChange={(numerator) => set({ numerator })}
          />
          <TermList
            label="Denominator"
            terms={draft.denominator}
            problem={problems.denominator}
            keys={keys}
            onChange={(denominator) => set({ denominator })}
          />
        </>
      ) : null}
      {has.aggregations.length > 0 ? (
        <Select
          label="Within a unit"
          description="How several outcomes of one unit become one number."
          data={has.aggregations.map((value) => ({ value, label: AGGREGATION_WORDS[value] }))}
          value={aggregationOf(draft)}
          allowDeselect={false}
          onChange={(value) => set({ aggregation: (value ?? 'sum') as Aggregation })}
        />
      ) : null}
      {has.quantile ? (
        <NumberInput
          label="Quantile"
          description="0.5 is the median, 0.95 the value that 95 of 100 units stay below."
          value={draft.quantile}
          min={0}
          max={1}
          step={0.05}
          error={problems.quantile}
          onChange={(quantile) => set({ quantile })}
        />
      ) : null}
      {has.window ? (
        <NumberInput
          label="Days after the exposure"
          description="Later outcomes do not count. Without a number all do."
          placeholder="Without end"
          value={draft.windowDays}
          min={0}
          error={problems.windowDays}
          onChange={(windowDays) => set({ windowDays })}
        />
      ) : null}
      {has.retention ? <RetentionFields {...part} /> : null}
    </Stack>
  )
}

function SourceField({ draft, problems, set, keys }: FormPart & { readonly keys: readonly string[] }) {
  const isRetention = draft.kind === 'retention'
  return (
    <>
      {isRetention ? (
        <Switch
          label="Any outcome counts, whatever its metric"
          checked={draft.anyOutcome}
          onChange={(event) => set({ anyOutcome: event.currentTarget.checked })}
        />
      ) : null}
      {isRetention && draft.anyOutcome ? null : (
        <Autocomplete
          label="Outcomes of"
          description="Metric under whose key outcomes are sent. Without one: this metric’s own key."
          placeholder={draft.key || 'This metric'}
          data={keys}
          limit={20}
          value={draft.source}
          error={problems.source}
          onChange={(source) => set({ source: source.trim() })}
        />
      )}
    </>
  )
}

function RetentionFields({ draft, problems, set }: FormPart) {
  return (
    <div className={classes.pair}>
      <NumberInput
        label="From day"
        description="After the exposure"
        value={draft.fromDay}
        min={0}
        error={problems.fromDay}
        onChange={(fromDay) => set({ fromDay })}
      />
      <NumberInput
        label="To day"
        description="Then the unit is judged"
        value={draft.toDay}
        min={0}
        error={problems.toDay}
        onChange={(toDay) => set({ toDay })}
      />
    </div>
  )
}
