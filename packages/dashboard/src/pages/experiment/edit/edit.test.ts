import { describe, expect, it } from 'vitest'
import { experimentFixture } from '../../../testing/experiment-fixture.ts'
import { draftOf, type EditDraft, editOf, rebased } from './draft.ts'
import { previewOf } from './preview.ts'
import { problemsOf } from './problems.ts'

const running = experimentFixture(0)
const draft = experimentFixture(0, { status: 'draft' })

function withWeights(of: EditDraft, weights: readonly (number | '')[]): EditDraft {
  return { ...of, variants: of.variants.map((variant, i) => ({ ...variant, weight: weights[i] ?? '' })) }
}

function preview(typed: EditDraft, experiment = running) {
  const { sentences, cautions } = previewOf(editOf(typed, experiment), experiment, new Map())
  const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '').replaceAll('\u202f', ' ')
  return { sentences: sentences.map(plain), cautions: cautions.map(plain) }
}

describe('an edit', () => {
  it('is empty while nothing is typed, in every status and shape', () => {
    const shapes = [
      running,
      draft,
      experimentFixture(0, { allocation: { kind: 'equal' }, coverage: 0.07 }),
      experimentFixture(0, { allocation: { kind: 'dynamic', policy: { kind: 'uniform' } } }),
    ]
    for (const shape of shapes) expect(editOf(draftOf(shape), shape)).toEqual({})
    const { audience: _, maximumDurationDays: __, ...open } = running
    expect(editOf(draftOf(open), open)).toEqual({})
  })

  it('has the fields that differ, as the server takes them', () => {
    const typed: EditDraft = {
      ...withWeights(draftOf(running), [1, 1, 0]),
      name: ' Greeting ',
      coveragePercent: 7,
      maximumDurationDays: '',
      audience: { mode: 'everyone', joiner: 'all', rows: [], json: '' },
    }
    expect(editOf(typed, running)).toEqual({
      name: 'Greeting',
      coverage: 0.07,
      maximumDurationDays: null,
      audience: null,
      allocation: { kind: 'weighted', weights: { calm: 1, warm: 1, playful: 0 } },
    })
  })

  it('has the settings of the analysis that differ, and keeps those that somebody else changed', () => {
    const known = draftOf(running)
    const typed = { ...known, analysis: { ...known.analysis, guardrailMarginPercent: 2 } }
    expect(editOf(typed, running)).toEqual({ analysis: { guardrailMargin: 0.02 } })
    const analysis = { ...running.analysis, method: 'group-sequential' } as const
    const present = experimentFixture(0, { version: 5, analysis })
    const edit = editOf(rebased(typed, running, present), present)
    expect(edit).toEqual({ analysis: { guardrailMargin: 0.02 } })
  })

  it('changes variants of a draft only', () => {
    const renamed = (of: EditDraft) => ({
      ...of,
      control: 1,
      variants: of.variants.map((variant) => ({ ...variant, name: 'X' })),
    })
    expect(editOf(renamed(draftOf(running)), running)).toEqual({})
    expect(editOf(renamed(draftOf(draft)), draft)).toMatchObject({
      variants: [{ key: 'calm', name: 'X' }, { key: 'warm', control: true }, { key: 'playful' }],
    })
  })

  it('keeps what was typed, and only that, on top of the version of somebody else', () => {
    const present = experimentFixture(0, { version: 5, coverage: 1, name: 'Theirs', tags: ['new'] })
    const typed = { ...draftOf(running), name: 'Mine' }
    expect(editOf(rebased(typed, running, present), present)).toEqual({ name: 'Mine' })
  })
})

describe('problems', () => {
  const fields = (typed: Partial<EditDraft>, experiment = running) => [
    ...problemsOf({ ...draftOf(experiment), ...typed }, experiment).keys(),
  ]

  it('are none in what is there already', () => {
    expect(fields({})).toEqual([])
    expect(fields({}, draft)).toEqual([])
  })

  it('are told by field', () => {
    expect(
      fields({
        name: ' ',
        hypothesis: 'x'.repeat(5001),
        coveragePercent: 101,
        minimumSample: 1.5,
        maximumDurationDays: 0,
        analysis: { ...draftOf(running).analysis, guardrailMarginPercent: 200 },
        tags: ['Ünsafe'],
        dimensions: ['a', 'b', 'c', 'd', 'e', 'f'],
        audience: { mode: 'json', joiner: 'all', rows: [], json: '{' },
      }),
    ).toEqual([
      'name',
      'hypothesis',
      'coverage',
      'minimumSample',
      'maximumDurationDays',
      'analysis-guardrailMarginPercent',
      'tags',
      'dimensions',
      'audience',
    ])
  })

  it('hold the control to some traffic', () => {
    expect([...problemsOf(withWeights(draftOf(running), [0, 1, '']), running).keys()]).toEqual([
      'weight-0',
      'weight-2',
    ])
  })

  it('name doubled keys and broken payloads of drafts', () => {
    const [first, second] = draftOf(draft).variants
    if (!(first && second)) throw new Error('the fixture has variants')
    const broken = { ...second, key: first.key, payload: { mode: 'json', text: '{' } as const }
    expect(fields({ variants: [first, broken] }, draft)).toEqual(['key-0', 'key-1', 'payload-1'])
    expect(fields({ variants: [first] }, draft)).toEqual(['variants'])
  })
})

describe('the preview', () => {
  it('says nothing of nothing', () => {
    expect(preview(draftOf(running))).toEqual({ sentences: [], cautions: [] })
  })

  it('counts who changes hands when shares move, and warns', () => {
    const { sentences, cautions } = preview(withWeights(draftOf(running), [2, 2, 1]))
    expect(sentences.slice(0, 2)).toEqual([
      'Traffic is divided anew: Calm 40 %, Warm 40 % and Playful 20 %.',
      '15 % of the users who take part change hands, the fewest possible.',
    ])
    expect(sentences[2]).toContain('keep it')
    expect(cautions).toHaveLength(1)
  })

  it('says of those who met a variant what becomes of them without sticky', () => {
    const loose = experimentFixture(0, { sticky: false })
    expect(preview(withWeights(draftOf(loose), [2, 2, 1]), loose).sentences[2]).toContain('see another one')
  })

  it('moves nobody in a draft', () => {
    expect(preview(withWeights(draftOf(draft), [1, 1, 2]), draft)).toEqual({
      sentences: ['Traffic is divided anew: Calm 25 %, Warm 25 % and Playful 50 %.'],
      cautions: [],
    })
  })

  it('tells more coverage from less', () => {
    const at = (coveragePercent: number, of = running) =>
      preview({ ...draftOf(of), coveragePercent }, of).sentences[0]
    expect(at(100)).toBe(
      'Another 20 % of the users take part from now on; nobody changes the variant for it.',
    )
    expect(at(40)).toContain('50 % of those who would take part no longer join')
    expect(at(40, experimentFixture(0, { sticky: false }))).toContain('50 % of those who take part leave')
  })

  it('speaks against another primary metric once numbers were seen', () => {
    const metrics = { primary: ['revenue'], secondary: [], guardrails: ['response_time'] }
    const { sentences, cautions } = preview({ ...draftOf(running), metrics })
    expect(sentences).toEqual([
      'revenue: computed from all outcomes since the start.',
      'satisfaction_rating, conversation_length and retention_rate: no longer shown; the outcomes are kept.',
      'Decided by: revenue.',
    ])
    expect(cautions[0]).toContain('after seeing numbers')
    expect(preview({ ...draftOf(draft), metrics }, draft).cautions).toEqual([])
  })

  it('tells other ways to judge, and speaks against them once numbers were seen', () => {
    const judged = (of: typeof running) => {
      const known = draftOf(of)
      const analysis = { ...known.analysis, method: 'fixed-horizon', minimumDurationDays: 14 } as const
      return preview({ ...known, analysis }, of)
    }
    const words = 'Judged from now on with: method Fixed horizon: look once and minimum duration 14 days.'
    expect(judged(running).sentences).toEqual([`${words} All numbers are computed anew.`])
    expect(judged(running).cautions[0]).toContain('after seeing numbers')
    expect(judged(draft)).toEqual({ sentences: [words], cautions: [] })
  })

  it('has nothing to say of weights that divide nothing', () => {
    expect(preview(withWeights(draftOf(running), ['', '', ''])).sentences).toEqual([])
  })

  it('calls words what they are', () => {
    const typed = { ...draftOf(running), name: 'New', tags: [], minimumSample: 10 } as const
    expect(preview(typed).sentences).toEqual([
      'Nobody meets anything else for it: the name, the tags and the minimum sample.',
    ])
  })
})
