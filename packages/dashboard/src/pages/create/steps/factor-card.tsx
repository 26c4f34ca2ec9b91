import { ActionIcon, Button, Radio, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { readPayload } from '../../../parts/forms/payload.ts'
import { PayloadField } from '../../../parts/forms/payload-field.tsx'
import { emptyLevel, type FactorDraft, type LevelDraft, nextId } from '../draft.ts'
import { factorFieldId, levelFieldId, MOST_LEVELS } from '../variant-problems.ts'
import classes from './factor-card.module.css'

interface Props {
  readonly factor: FactorDraft
  readonly number: number
  readonly errorOf: (field: string) => string | undefined
  readonly isRemovable: boolean
  readonly onChange: (factor: FactorDraft) => void
  readonly onRemove: () => void
}

/** One thing that varies, with its levels; one of them is the control's. */
export function FactorCard({ factor, number, errorOf, isRemovable, onChange, onRemove }: Props) {
  const { id, key, levels, control } = factor
  const setLevels = (next: readonly LevelDraft[]) =>
    onChange({
      ...factor,
      levels: next,
      control: next.some((level) => level.id === control) ? control : (next[0]?.id ?? 0),
    })
  return (
    <section className={classes.card} aria-label={`Factor ${number}`}>
      <div className={classes.head}>
        <TextInput
          id={factorFieldId(id)}
          label="What varies"
          aria-label={`Key of factor ${number}`}
          placeholder={number === 1 ? 'tone' : 'length'}
          spellCheck={false}
          value={key}
          error={errorOf(factorFieldId(id))}
          onChange={(event) => onChange({ ...factor, key: event.currentTarget.value })}
        />
        {isRemovable ? (
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            c="dimmed"
            size={36}
            aria-label={`Remove factor ${number}`}
            onClick={onRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        ) : null}
      </div>
      <div className={classes.levels} role="radiogroup" aria-label={`Control of factor ${number}`}>
        <Text size="sm" fw={500}>
          Its levels
        </Text>
        {levels.map((level, index) => (
          <LevelFields
            key={level.id}
            level={level}
            factor={id}
            number={index + 1}
            isControl={level.id === control}
            isRemovable={levels.length > 2}
            errorOf={errorOf}
            onChange={(next) => setLevels(levels.map((other) => (other.id === level.id ? next : other)))}
            onRemove={() => setLevels(levels.filter((other) => other.id !== level.id))}
            onChoose={() => onChange({ ...factor, control: level.id })}
          />
        ))}
      </div>
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={levels.length >= MOST_LEVELS}
        onClick={() => setLevels([...levels, emptyLevel(nextId(levels))])}
      >
        Add a level
      </Button>
    </section>
  )
}

interface LevelProps extends Pick<Props, 'errorOf' | 'isRemovable' | 'onRemove'> {
  readonly level: LevelDraft
  readonly factor: number
  readonly number: number
  readonly isControl: boolean
  readonly onChange: (level: LevelDraft) => void
  readonly onChoose: () => void
}

function LevelFields(props: LevelProps) {
  const { level, factor, number, isControl, isRemovable, errorOf, onChange, onRemove, onChoose } = props
  const [isOpened, setOpened] = useState(level.payload.text !== '')
  const isOpen = isOpened || readPayload(level.payload).status === 'invalid'
  const called = level.key === '' ? `level ${number}` : level.key
  return (
    <div className={classes.level}>
      <TextInput
        id={levelFieldId(factor, level.id, 'key')}
        aria-label={`Level ${number}`}
        placeholder={number === 1 ? 'calm' : 'warm'}
        spellCheck={false}
        value={level.key}
        error={errorOf(levelFieldId(factor, level.id, 'key'))}
        onChange={(event) => onChange({ ...level, key: event.currentTarget.value })}
      />
      <Radio
        name={`control-${factor}`}
        label="Control"
        aria-label={`${called} is the control`}
        size="sm"
        mt={8}
        checked={isControl}
        onChange={onChoose}
      />
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        c="dimmed"
        mt={5}
        aria-expanded={isOpen}
        onClick={() => setOpened(!isOpened)}
      >
        Payload
      </Button>
      {isRemovable ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          size={36}
          aria-label={`Remove ${called}`}
          onClick={onRemove}
        >
          <IconX size={17} />
        </ActionIcon>
      ) : null}
      {isOpen ? (
        <div className={classes.payload}>
          <PayloadField
            id={levelFieldId(factor, level.id, 'payload')}
            label={`Payload of ${called}`}
            placeholder={level.key === '' ? 'The key of the level when empty' : level.key}
            rows={2}
            value={level.payload}
            onChange={(payload) => onChange({ ...level, payload })}
          />
        </div>
      ) : null}
    </div>
  )
}
