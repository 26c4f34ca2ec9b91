import { useDeferredValue, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useSummaries } from '../../api/queries.ts'
import type { Draft } from './draft.ts'
import { problemsOf, sizeOfBody } from './problems.ts'
import { type Problem, STEPS, type Step, stepOf } from './steps.ts'
import { useFocus } from './use-focus.ts'

/** Where the wizard stands: which step, what is wrong, and what of it is said. */
export function useWizard(draft: Draft) {
  const [query, setQuery] = useSearchParams()
  const step = stepOf(query.get('step'))
  const [visited, setVisited] = useState<ReadonlySet<Step>>(new Set())
  const [refused, setRefused] = useState<{ readonly draft: Draft; readonly problems: readonly Problem[] }>()
  const focus = useFocus()
  const found = useProblems(draft)
  // What the server said holds for what was sent; after a change it may be right.
  const problems = refused?.draft === draft ? [...refused.problems, ...found] : found
  const shown = problems.filter((problem) => visited.has(problem.step))

  const show = (steps: readonly Step[]) => setVisited((known) => new Set([...known, ...steps]))
  const go = (next: Step) => {
    show(next === 'review' ? STEPS.filter((other) => other !== 'review') : [step])
    setQuery({ step: next })
    focus(STEP_TITLE_ID, 'start')
  }
  const goTo = (problem: Problem) => {
    show([problem.step])
    if (problem.step !== step) setQuery({ step: problem.step })
    focus(problem.field)
  }
  /** Moves on, unless something is wrong: then to the first of it. */
  const leave = (next: Step) => {
    const first = problems.find((problem) => problem.step === step)
    if (first === undefined) go(next)
    else goTo(first)
  }
  const refuse = (fromServer: readonly Problem[]) => {
    setRefused({ draft, problems: fromServer })
    const [first] = fromServer
    if (first !== undefined) goTo(first)
  }
  const restart = () => {
    setVisited(new Set())
    setRefused(undefined)
    setQuery({})
    focus(STEP_TITLE_ID, 'start')
  }
  return { step, visited, found, shown, go, goTo, leave, refuse, restart }
}

export type Wizard = ReturnType<typeof useWizard>

export const STEP_TITLE_ID = 'step-title'

function useProblems(draft: Draft): readonly Problem[] {
  const summaries = useSummaries().data
  const taken = useMemo(() => new Set(summaries?.map(({ key }) => key)), [summaries])
  return useMemo(() => problemsOf(draft, taken), [draft, taken])
}

/** Size of the request, a moment after typing: a megabyte is not written with every key. */
export function useBody(draft: Draft) {
  const late = useDeferredValue(draft)
  return useMemo(() => sizeOfBody(late), [late])
}
