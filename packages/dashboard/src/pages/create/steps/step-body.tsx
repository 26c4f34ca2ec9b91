import type { StepProps } from '../step-props.ts'
import type { Step } from '../steps.ts'
import { AudienceStep } from './audience-step.tsx'
import { IdeaStep } from './idea-step.tsx'
import { MetricsStep } from './metrics-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { SizeStep } from './size-step.tsx'
import { VariantsStep } from './variants-step.tsx'

interface Props extends StepProps {
  readonly step: Step
  readonly showsProblems: boolean
  readonly body: { readonly bytes: number; readonly isTooLarge: boolean }
  readonly onGo: (step: Step) => void
}

/** The questions of one step. */
export function StepBody({ step, showsProblems, body, onGo, ...props }: Props) {
  switch (step) {
    case 'idea':
      return <IdeaStep {...props} />
    case 'variants':
      return <VariantsStep {...props} />
    case 'audience':
      return <AudienceStep {...props} showsProblems={showsProblems} />
    case 'metrics':
      return <MetricsStep {...props} />
    case 'size':
      return <SizeStep {...props} />
    default:
      return <ReviewStep draft={props.draft} body={body} onGo={onGo} />
  }
}
