import { COMPARISON_OPERATORS, type ComparisonOperator } from '@helios/sdk'
import { ActionIcon, NativeSelect, TagsInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import {
  type AudienceProblem,
  type ConditionRow,
  conditionFieldId,
  type ScalarType,
  valueKindOf,
} from './audience.ts'
import classes from './condition-fields.module.css'
import { operatorInWords } from './condition-in-words.ts'

interface Props {
  readonly row: ConditionRow
  /** Its place among the rows, from 1, for its labels. */
  readonly number: number
  readonly problems: readonly AudienceProblem[]
  readonly onChange: (row: ConditionRow) => void
  readonly onRemove: () => void
}

const OPERATORS = COMPARISON_OPERATORS.map((operator) => ({
  value: operator,
  label: operatorInWords(operator),
}))
const TYPES = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'yes or no' },
]

/** One comparison: attribute, operator, value. */
export function ConditionFields({ row, number, problems, onChange, onRemove }: Props) {
  const set = (fields: Partial<ConditionRow>) => onChange({ ...row, ...fields })
  const kind = valueKindOf(row.operator)
  return (
    <fieldset className={classes.row}>
      <legend className="visually-hidden">Condition {number}</legend>
      <TextInput
        id={conditionFieldId(row.id, 'attribute')}
        aria-label={`Attribute of condition ${number}`}
        placeholder="attribute, such as country"
        value={row.attribute}
        error={problems.find(({ part }) => part === 'attribute')?.message}
        onChange={(event) => set({ attribute: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={`Operator of condition ${number}`}
        data={OPERATORS}
        value={row.operator}
        onChange={(event) => set(withOperator(row, event.currentTarget.value as ComparisonOperator))}
      />
      <div className={classes.value} data-typed={kind === 'any' || kind === 'list' || undefined}>
        {kind === 'any' || kind === 'list' ? (
          <NativeSelect
            aria-label={`Type of the value of condition ${number}`}
            data={TYPES}
            value={row.type}
            onChange={(event) => set({ type: event.currentTarget.value as ScalarType, values: [''] })}
          />
        ) : null}
        <ValueField
          row={row}
          number={number}
          problem={problems.find(({ part }) => part === 'value')?.message}
          onChange={(values) => set({ values })}
        />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="dimmed"
        size={36}
        aria-label={`Remove condition ${number}`}
        onClick={onRemove}
      >
        <IconX size={17} />
      </ActionIcon>
    </fieldset>
  )
}

/** The row with another operator; a value that the operator cannot have goes. */
function withOperator(row: ConditionRow, operator: ComparisonOperator): Partial<ConditionRow> {
  const [before, after] = [valueKindOf(row.operator), valueKindOf(operator)]
  if (after === 'presence') return { operator, values: ['true'] }
  if (before === 'presence') return { operator, values: [''] }
  return { operator, values: after === 'list' ? row.values : row.values.slice(0, 1) }
}

interface ValueProps {
  readonly row: ConditionRow
  readonly number: number
  readonly problem: string | undefined
  readonly onChange: (values: readonly string[]) => void
}

function ValueField({ row, number, problem, onChange }: ValueProps) {
  const kind = valueKindOf(row.operator)
  const common = {
    id: conditionFieldId(row.id, 'value'),
    'aria-label': `Value of condition ${number}`,
    error: problem,
  }
  if (kind === 'list') {
    return (
      <TagsInput
        {...common}
        value={row.values.filter((value) => value !== '')}
        placeholder="Enter after each"
        onChange={(values) => onChange(values.length === 0 ? [''] : values)}
      />
    )
  }
  if (kind === 'presence' || (kind === 'any' && row.type === 'boolean')) {
    return (
      <NativeSelect
        {...common}
        value={row.values[0] === 'true' ? 'true' : row.values[0] === 'false' ? 'false' : ''}
        data={[
          ...(row.values[0] === '' ? [{ value: '', label: 'choose' }] : []),
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    )
  }
  const isNumeric = kind === 'number' || (kind === 'any' && row.type === 'number')
  return (
    <TextInput
      {...common}
      inputMode={isNumeric ? 'decimal' : 'text'}
      placeholder={isNumeric ? '18' : 'value'}
      value={row.values[0] ?? ''}
      onChange={(event) => onChange([event.currentTarget.value])}
    />
  )
}
