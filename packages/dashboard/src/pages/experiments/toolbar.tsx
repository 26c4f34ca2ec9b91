import type { ExperimentSummary } from '@helios/sdk'
import { CloseButton, Kbd, NativeSelect, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { memo, useMemo, useRef } from 'react'
import { wordOfHealth } from '../../parts/health-badge.tsx'
import { wordOfStatus } from '../../parts/status-badge.tsx'
import { countByStatus, LEVELS, type ListView, ORDERS, STATUSES, tagsOf } from './list-view.ts'
import classes from './toolbar.module.css'

interface Props {
  readonly summaries: readonly ExperimentSummary[]
  readonly view: ListView
  readonly onChange: (view: ListView) => void
}

/** Search, filters and order of the list. */
export function Toolbar({ summaries, view, onChange }: Props) {
  const tags = tagsOf(summaries).join('\n')
  return (
    <search className={classes.toolbar}>
      <StatusChoice summaries={summaries} view={view} onChange={onChange} />
      <Fields tags={tags} view={view} onChange={onChange} />
    </search>
  )
}

interface FieldsProps extends Omit<Props, 'summaries'> {
  /** One a line: a text, so that live updates with the same tags draw nothing again. */
  readonly tags: string
}

const Fields = memo(function Fields({ tags, view, onChange }: FieldsProps) {
  const set = <Field extends keyof ListView>(field: Field, value: string) =>
    onChange({ ...view, [field]: value as ListView[Field] })
  const known = tags === '' ? [] : tags.split('\n')
  return (
    <div className={classes.fields}>
      <SearchField value={view.search} onChange={(search) => set('search', search)} />
      <NativeSelect
        aria-label="Health"
        value={view.health}
        onChange={(event) => set('health', event.currentTarget.value)}
        data={[
          { value: 'all', label: 'Any health' },
          ...LEVELS.map((level) => ({ value: level, label: wordOfHealth(level) })),
        ]}
      />
      <NativeSelect
        aria-label="Tag"
        value={view.tag}
        onChange={(event) => set('tag', event.currentTarget.value)}
        data={[
          { value: '', label: 'Any tag' },
          ...withChosen(known, view.tag).map((tag) => ({ value: tag, label: tag })),
        ]}
      />
      <NativeSelect
        aria-label="Order"
        value={view.order}
        onChange={(event) => set('order', event.currentTarget.value)}
        data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
      />
    </div>
  )
})

/** An address may name a tag that no experiment has; the choice shows it nevertheless. */
function withChosen(tags: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || tags.includes(chosen) ? tags : [chosen, ...tags]
}

function SearchField(props: { readonly value: string; readonly onChange: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => input.current?.focus()]])
  return (
    <TextInput
      ref={input}
      className={classes.search}
      type="text"
      aria-label="Search experiments"
      aria-keyshortcuts="/"
      placeholder="Name, key or tag"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onChange('')
      }}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={
        props.value === '' ? (
          <Kbd size="xs" aria-hidden>
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => props.onChange('')} />
        )
      }
    />
  )
}

/** One of the statuses, with how many lines each would show. */
function StatusChoice({ summaries, view, onChange }: Props) {
  const counts = useMemo(() => countByStatus(summaries, view), [summaries, view])
  return (
    <fieldset className={classes.statuses}>
      <legend className="visually-hidden">Status</legend>
      {(['all', ...STATUSES] as const).map((status) => (
        <label key={status} className={classes.status}>
          <input
            type="radio"
            name="status"
            value={status}
            checked={view.status === status}
            onChange={() => onChange({ ...view, status })}
          />
          <span>
            {status === 'all' ? 'All' : wordOfStatus(status)}{' '}
            <span className={classes.count}>{counts[status]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
