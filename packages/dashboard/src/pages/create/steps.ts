/** The questions of the wizard, in their order. */
export const STEPS = ['idea', 'variants', 'audience', 'metrics', 'size', 'review'] as const
export type Step = (typeof STEPS)[number]

export const STEP_TITLES: Readonly<Record<Step, { readonly short: string; readonly title: string }>> = {
  idea: { short: 'Idea', title: 'What do you want to find out?' },
  variants: { short: 'Variants', title: 'What do units meet?' },
  audience: { short: 'Who', title: 'Who takes part?' },
  metrics: { short: 'Metrics', title: 'What tells which variant is better?' },
  size: { short: 'Size', title: 'How many units does the answer need?' },
  review: { short: 'Review', title: 'Is everything as you mean it?' },
}

/** The step that an address names; the first when it names none. */
export function stepOf(name: string | null): Step {
  return STEPS.find((step) => step === name) ?? 'idea'
}

export function stepAfter(step: Step, by: 1 | -1): Step {
  return STEPS[STEPS.indexOf(step) + by] ?? step
}

/** Something to put right: where, and what. */
export interface Problem {
  readonly step: Step
  /** Id of the control that puts it right. */
  readonly field: string
  readonly message: string
}
