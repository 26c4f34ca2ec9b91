import { IconCheck, IconExclamationMark } from '@tabler/icons-react'
import classes from './step-list.module.css'
import { STEP_TITLES, STEPS, type Step } from './steps.ts'

interface Props {
  readonly current: Step
  /** Steps that were looked at and left. */
  readonly visited: ReadonlySet<Step>
  /** Steps with something to put right, as far as it is said yet. */
  readonly wrong: ReadonlySet<Step>
  readonly onGo: (step: Step) => void
}

/** All steps, each a button: one may go anywhere at any time. */
export function StepList({ current, visited, wrong, onGo }: Props) {
  return (
    <nav aria-label="Steps">
      <ol className={classes.steps}>
        {STEPS.map((step, index) => {
          const state = wrong.has(step) ? 'wrong' : visited.has(step) ? 'done' : 'open'
          return (
            <li key={step}>
              <button
                type="button"
                className={classes.step}
                data-state={state}
                aria-current={step === current ? 'step' : undefined}
                onClick={() => onGo(step)}
              >
                <span className={classes.mark} aria-hidden>
                  <Mark state={state} number={index + 1} />
                </span>
                <span className={classes.word}>{STEP_TITLES[step].short}</span>
                <span className="visually-hidden">{SAID[state]}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const SAID = { wrong: ', something to put right', done: ', done', open: '' } as const

function Mark({ state, number }: { readonly state: keyof typeof SAID; readonly number: number }) {
  if (state === 'wrong') return <IconExclamationMark size={14} stroke={2.6} />
  return state === 'done' ? <IconCheck size={14} stroke={2.6} /> : number
}
