/** The decision: which variant a unit gets, why, and how likely that was. Pure, synchronous, without I/O. */
import { checkSlots, coverageSalt, holdoutSalt, layerSalt, POINTS, variantSalt } from './assignment.ts'
import { compileCondition } from './condition.ts'
import { createHasher } from './murmur3.ts'
import type { Attributes, Decision, ExperimentDefinition, Json, Reason } from './wire.ts'

/** A definition made ready for decisions; make it once per version, and keep it. */
export interface CompiledExperiment {
  readonly definition: ExperimentDefinition
  /** `decide` of this experiment. */
  readonly decide: (unit: string, options: DecideOptions) => Decision
}

interface Arm {
  readonly key: string
  readonly payload: Json
  /** Sum of the widths of its slots / 2^32. */
  readonly share: number
}

export interface DecideOptions {
  /** Facts that the audience condition looks at; none by default. */
  readonly attributes?: Attributes
  /** Variant that the caller insists on; ignored when the experiment has no such variant. */
  readonly forced?: string
  /** Variant that the unit was exposed to before; used when the definition is sticky and still has it. */
  readonly sticky?: string
  /** Variant that the unit met under another name; used, sticky or not, when the experiment still has it. */
  readonly carried?: string
}

/** No options, or no attributes; made once, for decisions are many. */
const NONE = {}

/**
 * Prepares a definition. Its payloads are frozen, since every decision hands out the same object.
 *
 * @throws RangeError when the control or a slot names no variant, or the slots do not cover [0, 2^32)
 * @throws TypeError when the audience condition cannot be answered
 */
export function compileExperiment(definition: ExperimentDefinition): CompiledExperiment {
  const { status, salt, slots, layer, holdout, coverage, policyVersion } = definition
  checkSlots(slots)
  const arms = armsOf(definition)
  const control = armNamed(arms, definition.control)
  const { shipped = control.key, forced: forcedUnits } = definition
  const settled = status === 'completed' ? armNamed(arms, shipped) : control
  const forcedKeys = forcedUnits && new Map(Object.entries(forcedUnits))
  // A gate that lets everyone pass is left out, so that nothing is hashed for it.
  const isHeldOut = holdout && below(holdoutSalt(holdout.key), holdout.bound)
  const isInLayer = layer && within(layerSalt(layer.key), layer.ranges)
  const isInAudience = definition.audience && compileCondition(definition.audience)
  const isCovered = coverage < POINTS ? below(coverageSalt(salt), coverage) : undefined
  const variantPoint = createHasher(variantSalt(salt))
  const bounds = Float64Array.from(slots, ({ to }) => to)
  const slotArms = slots.map(({ variant }) => armNamed(arms, variant))
  const drawn = policyVersion === undefined ? 'assigned' : 'policy'

  return {
    definition,
    decide: (unit, options) => {
      const { forced, sticky, carried } = options
      const attributes = options.attributes ?? NONE
      const forcedArm = armOf(arms, forced) ?? armOf(arms, forcedKeys?.get(unit))
      if (forcedArm) return decisionOf(definition, unit, forcedArm, 'forced')
      if (status !== 'running') return decisionOf(definition, unit, settled, 'not-running')
      if (isHeldOut?.(unit)) return decisionOf(definition, unit, control, 'held-out')
      if (isInLayer?.(unit) === false) return decisionOf(definition, unit, control, 'outside-layer')
      const kept = armOf(arms, carried) ?? (definition.sticky ? armOf(arms, sticky) : undefined)
      if (kept) return counted(definition, unit, kept, 'sticky', attributes)
      if (isInAudience?.(attributes) === false)
        return decisionOf(definition, unit, control, 'audience-mismatch')
      if (isCovered?.(unit) === false) return decisionOf(definition, unit, control, 'outside-coverage')
      const arm = slotArms[slotAt(bounds, variantPoint(unit))] as Arm
      return counted(definition, unit, arm, drawn, attributes)
    },
  }
}

function armOf(arms: ReadonlyMap<string, Arm>, key: string | undefined): Arm | undefined {
  return key === undefined ? undefined : arms.get(key)
}

function decisionOf(
  { key, version }: ExperimentDefinition,
  unit: string,
  arm: Arm,
  reason: Reason,
  tracked = false,
): Decision {
  return {
    experiment: key,
    version,
    unit,
    variant: arm.key,
    payload: arm.payload,
    propensity: tracked ? arm.share : 1,
    reason,
    tracked,
  }
}

/** A decision that counts, with all that the analysis wants to know of it. */
function counted(
  definition: ExperimentDefinition,
  unit: string,
  arm: Arm,
  reason: Reason,
  attributes: Attributes,
): Decision {
  const { policyVersion, dimensions } = definition
  const decision = decisionOf(definition, unit, arm, reason, true)
  const isByPolicy = reason === 'policy' && policyVersion !== undefined
  return withDimensions(isByPolicy ? { ...decision, policyVersion } : decision, dimensions, attributes)
}

function armsOf({ variants, slots }: ExperimentDefinition): ReadonlyMap<string, Arm> {
  const arms = new Map(
    variants.map(({ key, payload }) => [key, { key, payload: deepFreeze(payload), share: 0 }]),
  )
  for (const { variant, from, to } of slots) armNamed(arms, variant).share += (to - from) / POINTS
  return arms
}

function armNamed<Named extends Arm>(arms: ReadonlyMap<string, Named>, key: string): Named {
  const arm = arms.get(key)
  if (!arm) throw new RangeError(`'${key}' is not a variant of the experiment`)
  return arm
}

type Gate = (unit: string) => boolean

function below(salt: string, bound: number): Gate {
  const point = createHasher(salt)
  return (unit) => point(unit) < bound
}

function within(salt: string, ranges: readonly { readonly from: number; readonly to: number }[]): Gate {
  const point = createHasher(salt)
  return (unit) => {
    const at = point(unit)
    return ranges.some(({ from, to }) => from <= at && at < to)
  }
}

/** Index of the first slot whose upper bound is above the point. */
function slotAt(bounds: Float64Array, point: number): number {
  let low = 0
  let high = bounds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (point < (bounds[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

/** A loop, because a payload may be nested deeper than the call stack. */
function deepFreeze(payload: Json): Json {
  const found = new Set<unknown>([payload])
  // A set that grows is iterated to its new end, and holds a shared or cyclic part once.
  for (const value of found) {
    if (typeof value !== 'object' || value === null) continue
    for (const part of Object.values(value)) found.add(part)
    Object.freeze(value)
  }
  return payload
}

/**
 * Decides for one unit. The same definition, unit and options give the same decision, in every process and
 * language. The first that applies:
 *
 * 1. `forced`, by the call, then by the definition
 * 2. `not-running`: the shipped variant once completed, else the control
 * 3. `held-out`, then `outside-layer`: control
 * 4. `sticky`: the variant of before, carried over from another name or kept
 * 5. `audience-mismatch`, then `outside-coverage`: control
 * 6. `policy` when a policy made the slots, else `assigned`: the variant whose slot holds the unit's point
 *
 * Only `sticky`, `policy` and `assigned` are tracked; their propensity is the variant's present share of the
 * points. Every other propensity is 1. A tracked decision carries the values of the declared dimensions.
 */
export function decide(
  experiment: CompiledExperiment,
  unit: string,
  options: DecideOptions = NONE,
): Decision {
  return experiment.decide(unit, options)
}

/** Longest value of a dimension, in UTF-16 units; longer ones are cut. */
const LONGEST_DIMENSION_VALUE = 64
const LONE_SURROGATE = /\p{Cs}/gu
/** What a dimension may be; missing ones, and lists, are left out. */
const DIMENSIONS: readonly string[] = ['string', 'number', 'boolean']

function withDimensions(
  decision: Decision,
  dimensions: readonly string[] | undefined,
  attributes: Attributes,
): Decision {
  if (!dimensions) return decision
  const entries = dimensions
    .filter((name) => Object.hasOwn(attributes, name) && DIMENSIONS.includes(typeof attributes[name]))
    .map((name) => [name, shortened(`${attributes[name]}`)] as const)
  // From entries, because assigning to a name such as `__proto__` would not make a member.
  return entries.length > 0 ? { ...decision, dimensions: Object.fromEntries(entries) } : decision
}

/** A text that every store can keep: not too long, and without halves of characters. */
function shortened(value: string): string {
  return value
    .slice(0, LONGEST_DIMENSION_VALUE)
    .replace(LONE_SURROGATE, (_, at: number) => (at === LONGEST_DIMENSION_VALUE - 1 ? '' : '\ufffd'))
}
