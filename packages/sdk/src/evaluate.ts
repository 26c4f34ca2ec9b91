/** The decision: which variant a unit gets, why, and how likely that was. Pure, synchronous, without I/O. */
import { checkSlots, coverageSalt, holdoutSalt, layerSalt, POINTS, variantSalt } from './assignment.ts'
import { compileCondition, type Predicate } from './condition.ts'
import { createHasher } from './murmur3.ts'
import type { Attributes, Decision, ExperimentDefinition, Json, Reason } from './wire.ts'

/** A definition made ready for decisions; make it once per version, keep it, and treat it as opaque. */
export interface CompiledExperiment {
  readonly definition: ExperimentDefinition
  readonly control: Arm
  /** What everyone gets while nothing is drawn: the shipped variant once completed, else the control. */
  readonly settled: Arm
  readonly arms: ReadonlyMap<string, Arm>
  /** Unit → key of a variant; one that does not exist is ignored, as in a call. */
  readonly forced: ReadonlyMap<string, string> | undefined
  /** Each gate lets a unit pass; undefined lets everyone pass without hashing. */
  readonly holdout: Gate | undefined
  readonly layer: Gate | undefined
  readonly coverage: Gate | undefined
  readonly audience: Predicate | undefined
  readonly variantPoint: (unit: string) => number
  /** Upper bounds of the slots, ascending, as points; `slotArms` holds the arm below each. */
  readonly slotBounds: Float64Array
  readonly slotArms: readonly Arm[]
}

interface Arm {
  readonly key: string
  readonly payload: Json
  /** Sum of the widths of its slots / 2^32. */
  readonly share: number
}

type Gate = (unit: string) => boolean

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

const NO_OPTIONS: DecideOptions = {}
const NO_ATTRIBUTES: Attributes = {}

/**
 * Prepares a definition. Its payloads are frozen, since every decision hands out the same object.
 *
 * @throws RangeError when the control or a slot names no variant, or the slots do not cover [0, 2^32)
 * @throws TypeError when the audience condition is not valid
 */
export function compileExperiment(definition: ExperimentDefinition): CompiledExperiment {
  checkSlots(definition.slots)
  const { status, shipped, salt, slots, audience, layer, holdout, coverage, forced } = definition
  const arms = armsOf(definition)
  const control = armNamed(arms, definition.control)
  return {
    definition,
    control,
    settled: status === 'completed' && shipped !== undefined ? armNamed(arms, shipped) : control,
    arms,
    forced: forced && new Map(Object.entries(forced)),
    holdout: holdout && belowGate(holdoutSalt(holdout.key), holdout.bound, false),
    layer: layer && rangesGate(layerSalt(layer.key), layer.ranges),
    coverage: coverage < POINTS ? belowGate(coverageSalt(salt), coverage, true) : undefined,
    audience: audience && compileCondition(audience),
    variantPoint: createHasher(variantSalt(salt)),
    slotBounds: Float64Array.from(slots, (slot) => slot.to),
    slotArms: slots.map((slot) => armNamed(arms, slot.variant)),
  }
}

function armsOf({ variants, slots }: ExperimentDefinition): Map<string, Arm> {
  const widths = new Map<string, number>()
  for (const { variant, from, to } of slots) widths.set(variant, (widths.get(variant) ?? 0) + to - from)
  return new Map(
    variants.map(({ key, payload }) => [
      key,
      { key, payload: deepFreeze(payload), share: (widths.get(key) ?? 0) / POINTS },
    ]),
  )
}

function armNamed(arms: ReadonlyMap<string, Arm>, key: string): Arm {
  const arm = arms.get(key)
  if (arm === undefined) throw new RangeError(`'${key}' is not a variant of the experiment`)
  return arm
}

function belowGate(salt: string, bound: number, passes: boolean): Gate {
  const point = createHasher(salt)
  return (unit) => point(unit) < bound === passes
}

function rangesGate(salt: string, ranges: readonly { readonly from: number; readonly to: number }[]): Gate {
  const point = createHasher(salt)
  return (unit) => {
    const at = point(unit)
    return ranges.some(({ from, to }) => from <= at && at < to)
  }
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
export function decide(experiment: CompiledExperiment, unit: string, options = NO_OPTIONS): Decision {
  const forced = forcedArm(experiment, unit, options.forced)
  if (forced !== undefined) return decisionOf(experiment, unit, forced, 'forced')
  if (experiment.definition.status !== 'running') return decisionOf(experiment, unit, experiment.settled, 'not-running')
  const before = reasonBeforeSticky(experiment, unit)
  if (before !== undefined) return decisionOf(experiment, unit, experiment.control, before)
  const attributes = options.attributes ?? NO_ATTRIBUTES
  const sticky = stickyArm(experiment, options)
  if (sticky !== undefined)
    return withDimensions(decisionOf(experiment, unit, sticky, 'sticky', true), experiment, attributes)
  const after = reasonAfterSticky(experiment, unit, attributes)
  if (after !== undefined) return decisionOf(experiment, unit, experiment.control, after)
  return withDimensions(drawn(experiment, unit), experiment, attributes)
}

function forcedArm(
  { arms, forced }: CompiledExperiment,
  unit: string,
  byCall: string | undefined,
): Arm | undefined {
  return armOf(arms, byCall) ?? armOf(arms, forced?.get(unit))
}

function armOf(arms: ReadonlyMap<string, Arm>, key: string | undefined): Arm | undefined {
  return key === undefined ? undefined : arms.get(key)
}

function stickyArm(
  { arms, definition }: CompiledExperiment,
  { sticky, carried }: DecideOptions,
): Arm | undefined {
  return armOf(arms, carried) ?? (definition.sticky ? armOf(arms, sticky) : undefined)
}

function reasonBeforeSticky({ holdout, layer }: CompiledExperiment, unit: string): Reason | undefined {
  if (holdout !== undefined && !holdout(unit)) return 'held-out'
  if (layer !== undefined && !layer(unit)) return 'outside-layer'
  return undefined
}

function reasonAfterSticky(
  { audience, coverage }: CompiledExperiment,
  unit: string,
  attributes: Attributes,
): Reason | undefined {
  if (audience !== undefined && !audience(attributes)) return 'audience-mismatch'
  if (coverage !== undefined && !coverage(unit)) return 'outside-coverage'
  return undefined
}

/** The arm of the first slot whose upper bound is above the point. */
function armAt({ slotBounds, slotArms }: CompiledExperiment, point: number): Arm {
  let low = 0
  let high = slotBounds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (point < (slotBounds[middle] as number)) high = middle
    else low = middle + 1
  }
  return slotArms[low] as Arm
}

function drawn(experiment: CompiledExperiment, unit: string): Decision {
  const { policyVersion } = experiment.definition
  const arm = armAt(experiment, experiment.variantPoint(unit))
  if (policyVersion === undefined) return decisionOf(experiment, unit, arm, 'assigned', true)
  return { ...decisionOf(experiment, unit, arm, 'policy', true), policyVersion }
}

function decisionOf(
  { definition }: CompiledExperiment,
  unit: string,
  arm: Arm,
  reason: Reason,
  tracked = false,
): Decision {
  return {
    experiment: definition.key,
    version: definition.version,
    unit,
    variant: arm.key,
    payload: arm.payload,
    propensity: tracked ? arm.share : 1,
    reason,
    tracked,
  }
}

/** Longest value of a dimension, in UTF-16 units; longer ones are cut. */
const LONGEST_DIMENSION_VALUE = 64
const LONE_SURROGATE = /\p{Surrogate}/gu
const TYPES_OF_DIMENSIONS: readonly string[] = ['string', 'number', 'boolean']

function withDimensions(
  decision: Decision,
  { definition }: CompiledExperiment,
  attributes: Attributes,
): Decision {
  if (!definition.dimensions) return decision
  const entries = definition.dimensions
    .map((name) => [name, Object.hasOwn(attributes, name) ? attributes[name] : undefined] as const)
    .filter(([, value]) => TYPES_OF_DIMENSIONS.includes(typeof value))
    .map(([name, value]) => [name, shortened(`${value}`)] as const)
  // From entries, because assigning to a name such as `__proto__` would not make a member.
  return entries.length > 0 ? { ...decision, dimensions: Object.fromEntries(entries) } : decision
}

/** A text that every store can keep: not too long, and without halves of characters. */
function shortened(value: string): string {
  return value
    .slice(0, LONGEST_DIMENSION_VALUE)
    .replace(LONE_SURROGATE, (_, at: number) => (at === LONGEST_DIMENSION_VALUE - 1 ? '' : '\ufffd'))
}
