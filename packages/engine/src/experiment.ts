import type {
  AnalysisSettings,
  Correction,
  Experiment,
  ExperimentDefinition,
  ExperimentDesign,
  Factor,
  InferenceMethod,
  MetricRoles,
  Variant,
} from '@helios/sdk'
import { conditionProblems, shareToBound } from '@helios/sdk'
import { type Static, type TSchema, Type } from 'typebox'
import { AllocationSchema } from './allocation.ts'
import { HeliosError } from './errors.ts'
import { validator } from './validate.ts'
import { FactorSchema, LONGEST_VARIANT_KEY, VariantInputSchema, variantsFromFactors } from './variant.ts'

export type {
  AnalysisSettings,
  Correction,
  Experiment,
  ExperimentDesign,
  InferenceMethod,
  MetricRoles,
} from '@helios/sdk'

const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,63}$' })
const MetricKeys = Type.Array(Key, { maxItems: 50, uniqueItems: true })
const Tag = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,31}$' })
/** Name of an attribute of units. */
const Attribute = Type.String({ minLength: 1, maxLength: 64 })
const Share = Type.Number({ minimum: 0, maximum: 1 })

export const MAXIMUM_VARIANTS = 1000
export const MAXIMUM_DIMENSIONS = 5

export const INFERENCE_METHODS = [
  'always-valid',
  'group-sequential',
  'mixture-sprt',
  'fixed-horizon',
] as const satisfies readonly InferenceMethod[]

export const CORRECTIONS = [
  'holm',
  'bonferroni',
  'hochberg',
  'benjamini-hochberg',
  'benjamini-yekutieli',
  'dunnett',
  'none',
] as const satisfies readonly Correction[]

/** Fields that an edit takes away by null. */
export const REMOVABLE_FIELDS = ['audience', 'layer', 'holdout', 'maximumDurationDays'] as const

function nullable<T extends TSchema>(schema: T) {
  return Type.Optional(Type.Union([schema, Type.Null()]))
}

const editableFields = {
  name: Type.Optional(Type.String({ maxLength: 200 })),
  hypothesis: Type.Optional(Type.String({ maxLength: 5000 })),
  allocation: Type.Optional(AllocationSchema),
  /** Share of the eligible units that take part. */
  coverage: Type.Optional(Share),
  /** Tree of conditions on attributes; `null` removes it. */
  audience: Type.Optional(Type.Unknown()),
  /** Unit id → variant key, for quality assurance. */
  forced: Type.Optional(Type.Record(Type.String(), Type.String())),
  metrics: Type.Optional(
    Type.Object(
      {
        primary: Type.Optional(MetricKeys),
        secondary: Type.Optional(MetricKeys),
        guardrails: Type.Optional(MetricKeys),
      },
      { additionalProperties: false },
    ),
  ),
  analysis: Type.Optional(
    Type.Object(
      {
        /** Two-sided error rate of each interval and of the family of primary comparisons. */
        alpha: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 0.5 })),
        /** Below this p-value of the sample-ratio check the analysis is refused. */
        sampleRatioAlpha: Type.Optional(Type.Number({ minimum: 0, maximum: 0.5 })),
        /** Above this share of units seen in two variants the analysis is refused. */
        crossoverShare: Type.Optional(Share),
        /** When results may be read. */
        method: Type.Optional(Type.Enum([...INFERENCE_METHODS])),
        /** How the p-values of the primary comparisons are adjusted for their number. */
        correction: Type.Optional(Type.Enum([...CORRECTIONS])),
        /** Adjust for what units did before the experiment, where a metric declares a covariate. */
        varianceReduction: Type.Optional(Type.Enum(['auto', 'none'])),
        /** Looks of a group-sequential test, at equal shares of the planned sample. */
        looks: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
        spending: Type.Optional(Type.Enum(['obrien-fleming', 'pocock'])),
        /** How much worse a guardrail may be, as a share of the control. */
        guardrailMargin: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
        /** Relative effects below this do not matter. */
        practicalEquivalence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
        /** Standard deviation of the relative effects that are expected beforehand. */
        priorDeviation: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
        /** Days before which nothing is concluded. */
        minimumDurationDays: Type.Optional(Type.Number({ minimum: 0, maximum: 3650 })),
      },
      { additionalProperties: false },
    ),
  ),
  /** Words to find experiments by; `simulated` marks traffic that no person made. */
  tags: Type.Optional(Type.Array(Tag, { maxItems: 20, uniqueItems: true })),
  /** Units per variant below which the answer is called preliminary. */
  minimumSample: Type.Optional(Type.Integer({ minimum: 0 })),
  maximumDurationDays: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 3650 })),
}

export const ExperimentEditSchema = Type.Object(
  {
    ...editableFields,
    variants: Type.Optional(Type.Array(VariantInputSchema, { minItems: 2, maxItems: MAXIMUM_VARIANTS })),
    factors: Type.Optional(Type.Array(FactorSchema, { minItems: 1, maxItems: 8 })),
    unit: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$' })),
    layer: nullable(
      Type.Object(
        { key: Key, share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) },
        { additionalProperties: false },
      ),
    ),
    holdout: nullable(
      Type.Object(
        { key: Key, share: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }) },
        { additionalProperties: false },
      ),
    ),
    sticky: Type.Optional(Type.Boolean()),
    /** Attributes that split the result into segments: country, device … */
    dimensions: Type.Optional(Type.Array(Attribute, { maxItems: MAXIMUM_DIMENSIONS, uniqueItems: true })),
    /** Raising it reshuffles all units; only in draft. */
    saltVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)

export const ExperimentInputSchema = Type.Object(
  { key: Key, ...ExperimentEditSchema.properties },
  { additionalProperties: false },
)

/** What a user gives to create an experiment; only key and variants (or factors) are needed. */
export type ExperimentInput = Static<typeof ExperimentInputSchema>
/** What a user gives to change one. Fields that are absent stay as they are. */
export type ExperimentEdit = Static<typeof ExperimentEditSchema>

export const DEFAULT_ANALYSIS_SETTINGS: AnalysisSettings = {
  alpha: 0.05,
  sampleRatioAlpha: 0.001,
  crossoverShare: 0.01,
  method: 'always-valid',
  correction: 'holm',
  varianceReduction: 'auto',
  looks: 5,
  spending: 'obrien-fleming',
  guardrailMargin: 0.05,
  practicalEquivalence: 0.01,
  priorDeviation: 0.3,
  minimumDurationDays: 7,
}

const validateInput = validator(ExperimentInputSchema, 'HEL_EXPERIMENT_INVALID')
const validateEdit = validator(ExperimentEditSchema, 'HEL_EXPERIMENT_INVALID')

/** Checks an input and fills in the defaults. Throws HEL_EXPERIMENT_INVALID. */
export function designExperiment(input: unknown): ExperimentDesign {
  const { key, ...edit } = validateInput(input)
  if (edit.variants === undefined && edit.factors === undefined) refuse('it needs variants or factors')
  return applyEdit(
    {
      key,
      name: key,
      hypothesis: '',
      unit: 'user',
      variants: [],
      control: '',
      factors: [],
      allocation: { kind: 'equal' },
      coverage: 1,
      forced: {},
      sticky: false,
      dimensions: [],
      tags: [],
      metrics: { primary: [], secondary: [], guardrails: [] },
      analysis: DEFAULT_ANALYSIS_SETTINGS,
      minimumSample: 0,
      saltVersion: 1,
    },
    edit,
  )
}

/** The design after an edit from outside. Throws HEL_EXPERIMENT_INVALID. */
export function editDesign(design: ExperimentDesign, edit: unknown): ExperimentDesign {
  return applyEdit(design, validateEdit(edit))
}

function applyEdit(design: ExperimentDesign, edit: ExperimentEdit): ExperimentDesign {
  const { variants, factors, metrics, analysis, ...plain } = edit
  if (variants && factors) refuse('give variants or factors, not both')
  requireAudience(edit.audience)
  const given = Object.entries(plain).filter(([, value]) => value !== undefined && value !== null)
  const next: ExperimentDesign = {
    ...without(
      design,
      REMOVABLE_FIELDS.filter((field) => edit[field] === null),
    ),
    ...Object.fromEntries(given),
    ...variantsAfter(design, edit),
    metrics: { ...design.metrics, ...metrics },
    analysis: { ...design.analysis, ...analysis },
  }
  requireForcedVariants(next)
  requireDistinctRoles(next.metrics)
  requireFittingCorrection(next.analysis)
  return next
}

function variantsAfter(
  design: ExperimentDesign,
  { variants, factors }: ExperimentEdit,
): Pick<ExperimentDesign, 'variants' | 'control' | 'factors'> {
  if (factors) return variantsOfFactors(factors as readonly Factor[])
  if (!variants) return { variants: design.variants, control: design.control, factors: design.factors }
  requireUnique(
    variants.map((variant) => variant.key),
    'variant',
  )
  const controls = variants.filter((variant) => variant.control)
  const control = controls[0]
  if (!control || controls.length > 1) {
    refuse(`exactly one variant must have "control": true, not ${controls.length}`)
  }
  return {
    variants: variants.map(({ key, name, payload }) => ({
      key,
      name: name ?? key,
      payload: (payload ?? null) as Variant['payload'],
    })),
    control: control.key,
    factors: [],
  }
}

function variantsOfFactors(
  factors: readonly Factor[],
): Pick<ExperimentDesign, 'variants' | 'control' | 'factors'> {
  requireUnique(
    factors.map((factor) => factor.key),
    'factor',
  )
  for (const factor of factors) {
    requireUnique(
      factor.levels.map((level) => level.key),
      `level of ${factor.key}`,
    )
    if (factor.levels.filter((level) => level.control).length !== 1) {
      refuse(`exactly one level of factor ${factor.key} must have "control": true`)
    }
  }
  const combinations = factors.reduce((product, factor) => product * factor.levels.length, 1)
  if (combinations > MAXIMUM_VARIANTS)
    refuse(`${combinations} combinations are more than ${MAXIMUM_VARIANTS}`)
  const generated = variantsFromFactors(factors)
  if (generated.variants.some(({ key }) => key.length > LONGEST_VARIANT_KEY)) {
    refuse(
      `combinations have names of more than ${LONGEST_VARIANT_KEY} characters; shorten the keys of factors and levels`,
    )
  }
  return { ...generated, factors }
}

function requireAudience(audience: unknown): void {
  if (audience === undefined || audience === null) return
  const problems = conditionProblems(audience)
  if (problems.length > 0) refuse(`audience: ${problems.slice(0, 3).join('; ')}`)
}

/** A copy that lacks some fields. */
export function without<T extends object>(value: T, fields: readonly (keyof T)[]): T {
  const copy = { ...value }
  for (const field of fields) delete copy[field]
  return copy
}

function requireForcedVariants(design: ExperimentDesign): void {
  for (const variant of Object.values(design.forced)) {
    if (!design.variants.some(({ key }) => key === variant))
      refuse(`forced names ${variant}, which is no variant`)
  }
}

function requireDistinctRoles({ primary, secondary, guardrails }: MetricRoles): void {
  requireUnique([...primary, ...secondary, ...guardrails], 'metric')
}

function requireFittingCorrection({ method, correction }: AnalysisSettings): void {
  if (correction === 'dunnett' && method !== 'fixed-horizon') {
    refuse(
      `Dunnett's test belongs to one look (method fixed-horizon); with ${method} choose holm, which needs no more assumptions`,
    )
  }
}

function requireUnique(keys: readonly string[], what: string): void {
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index)
  if (repeated !== undefined) refuse(`${what} ${repeated} appears twice`)
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_EXPERIMENT_INVALID', { problem })
}

/** What clients need to decide for themselves. */
export function definitionOf(experiment: Experiment): ExperimentDefinition {
  const { key, version, status, unit, control, sticky, slots, audience, layer, holdout, shipped } = experiment
  return {
    key,
    version,
    status,
    unit,
    salt: `${key}@${experiment.saltVersion}`,
    variants: experiment.variants.map((variant) => ({ key: variant.key, payload: variant.payload })),
    control,
    slots,
    coverage: shareToBound(experiment.coverage),
    sticky,
    ...(experiment.allocation.kind === 'dynamic' ? { policyVersion: 0 } : {}),
    ...(shipped === undefined ? {} : { shipped }),
    ...(audience === undefined ? {} : { audience }),
    ...(layer === undefined ? {} : { layer: { key: layer.key, ranges: experiment.layerRanges } }),
    ...(holdout === undefined ? {} : { holdout: { key: holdout.key, bound: shareToBound(holdout.share) } }),
    ...(Object.keys(experiment.forced).length === 0 ? {} : { forced: experiment.forced }),
    ...(experiment.dimensions.length === 0 ? {} : { dimensions: experiment.dimensions }),
  }
}

/** Share of each variant among the units that take part, in the order of the variants; sums to one. */
export function sharesOf(experiment: Pick<Experiment, 'slots' | 'variants'>): number[] {
  const widths = new Map<string, number>()
  for (const slot of experiment.slots) {
    widths.set(slot.variant, (widths.get(slot.variant) ?? 0) + (slot.to - slot.from) / 2 ** 32)
  }
  return experiment.variants.map((variant) => widths.get(variant.key) ?? 0)
}

export function metricKeysOf({ primary, secondary, guardrails }: MetricRoles): string[] {
  return [...primary, ...secondary, ...guardrails]
}
