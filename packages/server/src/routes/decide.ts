import { type Helios, HeliosError } from '@helios/engine'
import type { Attributes, Decision, Receipt, RejectedEvent } from '@helios/sdk'
import { type Static, Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const MAXIMUM_EXPERIMENTS = 100

const Unit = Type.String({ minLength: 1, maxLength: 256 })
const Attribute = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Array(Type.String()),
])
const Shared = {
  unit: Unit,
  context: Type.Optional(
    Type.Record(Type.String(), Attribute, { description: 'Facts that audiences look at.' }),
  ),
  expose: Type.Optional(
    Type.Boolean({ description: 'The variant is used at once: record the exposure as well.' }),
  ),
}

const OneSchema = Type.Object(
  {
    experiment: Type.String(),
    ...Shared,
    forced: Type.Optional(
      Type.String({ description: 'Variant to be given whatever was drawn; never analysed.' }),
    ),
  },
  { additionalProperties: false },
)
const SeveralSchema = Type.Object(
  { experiments: Type.Array(Type.String(), { minItems: 1, maxItems: MAXIMUM_EXPERIMENTS }), ...Shared },
  { additionalProperties: false },
)
const SeveralReplySchema = Type.Object({
  decisions: listOf('Decision'),
  rejected: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() })),
})

type Question = Pick<Static<typeof OneSchema>, 'unit' | 'context' | 'expose' | 'forced'>
type Answer = Decision & { readonly receipt?: Receipt }

export function decideRoutes(app: App, { helios }: Context): void {
  app.post(
    '/v1/decide',
    {
      config: { access: ['decide'] },
      schema: {
        summary: 'Variant of a unit in one experiment or in several',
        description:
          'With `experiment` the answer is a decision. With `experiments` it is `{decisions, rejected}`: ' +
          'an experiment that does not exist is rejected by its index, and the others are decided.',
        tags: ['loop'],
        body: Type.Union([OneSchema, SeveralSchema]),
        response: {
          200: Type.Union([ref('Decision'), SeveralReplySchema]),
          ...INVALID,
          ...NOT_FOUND,
          ...REFUSALS,
        },
      },
    },
    async ({ body }) => {
      if ('experiments' in body) return decideSeveral(helios, body.experiments, body)
      return decideOne(helios, body.experiment, body)
    },
  )
}

async function decideOne(helios: Helios, experiment: string, question: Question): Promise<Answer> {
  const { unit, context, forced, expose } = question
  const decision = helios.decide(experiment, {
    unit,
    ...(context === undefined ? {} : { context: context as Attributes }),
    ...(forced === undefined ? {} : { forced }),
  })
  return expose ? { ...decision, receipt: await helios.expose(decision) } : decision
}

/** All are asked at once, so that their exposures share one commit. */
async function decideSeveral(
  helios: Helios,
  experiments: readonly string[],
  question: Question,
): Promise<{ decisions: Answer[]; rejected: RejectedEvent[] }> {
  const results = await Promise.allSettled(
    experiments.map((experiment) => decideOne(helios, experiment, question)),
  )
  const decisions: Answer[] = []
  const rejected: RejectedEvent[] = []
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') decisions.push(result.value)
    else rejected.push(rejection(index, result.reason))
  }
  return { decisions, rejected }
}

/** A refusal concerns one experiment; a store that failed concerns the whole request. */
function rejection(index: number, error: unknown): RejectedEvent {
  if (!(error instanceof HeliosError) || error.status >= 500) throw error
  return { index, code: error.code, message: error.message }
}
