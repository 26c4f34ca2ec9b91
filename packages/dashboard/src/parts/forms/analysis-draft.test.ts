import { describe, expect, it } from 'vitest'
import { experimentFixture } from '../../testing/experiment-fixture.ts'
import {
  type AnalysisDraft,
  analysisDraftOf,
  analysisInput,
  analysisProblems,
  USUAL_ANALYSIS,
} from './analysis-draft.ts'

const draft = (fields: Partial<AnalysisDraft>): AnalysisDraft => ({ ...USUAL_ANALYSIS, ...fields })

describe('the settings of the analysis', () => {
  it('say only what is not usual', () => {
    expect(analysisInput(USUAL_ANALYSIS)).toEqual({})
    expect(
      analysisInput(draft({ method: 'group-sequential', looks: 3, guardrailMarginPercent: 2.5 })),
    ).toEqual({
      method: 'group-sequential',
      looks: 3,
      guardrailMargin: 0.025,
    })
  })

  it('come back from the settings of an experiment as they were', () => {
    const { analysis } = experimentFixture(0)
    expect(analysisInput(analysisDraftOf(analysis), analysisDraftOf(analysis))).toEqual({})
    const rare = { ...analysis, priorDeviation: 0.07, practicalEquivalence: 0.003, minimumDurationDays: 0 }
    expect(analysisInput(analysisDraftOf(rare), analysisDraftOf(analysis))).toEqual({
      priorDeviation: 0.07,
      practicalEquivalence: 0.003,
      minimumDurationDays: 0,
    })
  })

  it('are refused where the server would refuse them', () => {
    const fields = (given: Partial<AnalysisDraft>) => analysisProblems(draft(given)).map(([field]) => field)
    expect(fields({})).toEqual([])
    expect(fields({ looks: 1, minimumDurationDays: 0, guardrailMarginPercent: 100 })).toEqual([])
    expect(
      fields({
        looks: 2.5,
        guardrailMarginPercent: 101,
        practicalEquivalencePercent: '',
        priorDeviationPercent: 0,
        minimumDurationDays: -1,
      }),
    ).toEqual([
      'looks',
      'guardrailMarginPercent',
      'practicalEquivalencePercent',
      'priorDeviationPercent',
      'minimumDurationDays',
    ])
  })
})
