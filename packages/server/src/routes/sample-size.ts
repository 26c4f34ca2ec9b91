import { HeliosError, type SampleSizeQuestion, sampleSize } from '@helios/engine'
import { type Static, Type } from 'typebox'
import type { App } from '../app.ts'
import { INVALID, REFUSALS } from '../schemas/components.ts'

const decimal = (description: string) =>
  Type.String({ pattern: '^[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?$', maxLength: 40, description })

const QuerySchema = Type.Object(
  {
    kind: Type.Enum(['proportion', 'mean']),
    baseline: decimal('Value of the control: in (0, 1) for a proportion, any but 0 for a mean.'),
    minimumDetectableEffect: decimal('Smallest change worth finding, relative to the baseline: 0.05 is 5 %.'),
    standardDeviation: Type.Optional(decimal('Of the values of the units; for a mean, and required there.')),
    variants: Type.Optional(decimal('Control included; 2 to 1000, 2 when absent.')),
    alpha: Type.Optional(decimal('Two-sided error rate, in (0, 1); 0.05 when absent.')),
    power: Type.Optional(decimal('Probability of finding the effect, from 0.5 to below 1; 0.8 when absent.')),
    unitsPerDay: Type.Optional(decimal('Units that come in a day, to know how many days it takes.')),
    coverage: Type.Optional(decimal('Share of them that takes part, in (0, 1]; 1 when absent.')),
  },
  { additionalProperties: false },
)
const AnswerSchema = Type.Object({
  unitsPerVariant: Type.Integer(),
  units: Type.Integer({ description: 'In all variants together.' }),
  days: Type.Optional(Type.Integer({ description: 'Whole days until they have come.' })),
  method: Type.String(),
  correction: Type.Object({
    method: Type.Literal('bonferroni'),
    comparisons: Type.Integer({ description: 'Variants that are compared with the control.' }),
  }),
})

export function sampleSizeRoutes(app: App): void {
  app.get(
    '/v1/sample-size',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'How many units an experiment needs',
        tags: ['experiments'],
        querystring: QuerySchema,
        response: { 200: AnswerSchema, ...INVALID, ...REFUSALS },
      },
    },
    async ({ query }) => {
      const question = questionOf(query)
      requireDomain(question)
      const answer = sampleSize(question)
      const counts = [answer.units, answer.days ?? 0]
      if (!counts.every(Number.isSafeInteger)) throw invalid('so small an effect needs more units than exist')
      return answer
    },
  )
}

function questionOf(query: Static<typeof QuerySchema>): SampleSizeQuestion {
  const { kind, standardDeviation, unitsPerDay, coverage } = query
  return {
    kind,
    baseline: Number(query.baseline),
    minimumDetectableEffect: Number(query.minimumDetectableEffect),
    variants: Number(query.variants ?? 2),
    alpha: Number(query.alpha ?? 0.05),
    power: Number(query.power ?? 0.8),
    ...(standardDeviation === undefined ? {} : { standardDeviation: Number(standardDeviation) }),
    ...(unitsPerDay === undefined ? {} : { unitsPerDay: Number(unitsPerDay) }),
    ...(coverage === undefined ? {} : { coverage: Number(coverage) }),
  }
}

/** Each sentence completes "The request does not have the expected form: …". */
type Rule = readonly [holds: boolean, sentence: string]

function requireDomain(question: SampleSizeQuestion): void {
  const { kind, baseline, minimumDetectableEffect: effect, standardDeviation, variants } = question
  const { alpha, power, unitsPerDay = 1, coverage = 1 } = question
  const rules: readonly Rule[] = [
    [Number.isInteger(variants) && variants >= 2 && variants <= 1000, 'variants must be 2 to 1000'],
    [alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1'],
    [power >= 0.5 && power < 1, 'power must be at least 0.5 and below 1'],
    [effect !== 0 && Number.isFinite(effect), 'minimumDetectableEffect must be a number other than 0'],
    [unitsPerDay > 0 && Number.isFinite(unitsPerDay), 'unitsPerDay must be above 0'],
    [coverage > 0 && coverage <= 1, 'coverage must be above 0 and at most 1'],
    ...(kind === 'proportion'
      ? proportionRules(baseline, effect, standardDeviation)
      : meanRules(baseline, standardDeviation)),
  ]
  const broken = rules.find(([holds]) => !holds)
  if (broken) throw invalid(broken[1])
}

function proportionRules(baseline: number, effect: number, standardDeviation: number | undefined): Rule[] {
  const target = baseline * (1 + effect)
  return [
    [baseline > 0 && baseline < 1, 'the baseline of a proportion must lie between 0 and 1'],
    [
      target > 0 && target < 1,
      `the effect takes the proportion to ${target}, which must lie between 0 and 1`,
    ],
    [standardDeviation === undefined, 'standardDeviation belongs to a mean; that of a proportion is known'],
  ]
}

function meanRules(baseline: number, standardDeviation = Number.NaN): Rule[] {
  return [
    [baseline !== 0 && Number.isFinite(baseline), 'the baseline must be a number other than 0'],
    [
      standardDeviation > 0 && Number.isFinite(standardDeviation),
      'a mean needs its standardDeviation, above 0',
    ],
  ]
}

function invalid(problem: string): HeliosError {
  return new HeliosError('HEL_REQUEST_INVALID', { problem })
}
