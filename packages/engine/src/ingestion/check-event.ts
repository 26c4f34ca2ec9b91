import { DAY_MILLISECONDS } from '../clock.ts'
import { type Combination, combinationOf, LONGEST_DIMENSION_VALUE, NO_COMBINATION } from '../dimensions.ts'
import type { ErrorCode, ErrorDetails } from '../errors.ts'
import { EXPOSURE, IDENTITY, OUTCOME } from '../event-batch.ts'
import { type Experiment, MAXIMUM_DIMENSIONS } from '../experiment.ts'
import { type Metric, sourcesOf } from '../metric.ts'
import { isUnitName, MAXIMUM_UNIT_LENGTH } from '../unit.ts'

/** Whether outcomes may arrive under a name, and the metric of that name when there is one. */
export interface MetricSource {
  readonly known: boolean
  readonly metric: Metric | undefined
}

/** What an event is checked against. */
export interface EventRules {
  readonly latenessMilliseconds: number
  readonly skewMilliseconds: number
  source(name: string): MetricSource
  experiment(key: string): Experiment | undefined
}

/** A checked event, written over by the next one: the hot path makes no object per event. */
export interface CheckedEvent {
  kind: typeof EXPOSURE | typeof OUTCOME | typeof IDENTITY
  id: string
  unit: string
  /** Metric, experiment or previous unit. */
  subject: string
  at: number
  value: number
  variant: number
  version: number
  propensity: number
  policyVersion: number
  /** Values of the declared dimensions. */
  combination: Combination
}

export function emptyCheckedEvent(): CheckedEvent {
  return {
    kind: OUTCOME,
    id: '',
    unit: '',
    subject: '',
    at: 0,
    value: 0,
    variant: 0,
    version: 0,
    propensity: Number.NaN,
    policyVersion: -1,
    combination: NO_COMBINATION,
  }
}

export interface Problem {
  readonly code: ErrorCode
  readonly details: ErrorDetails
}

const MAXIMUM_ID = 128
const MAXIMUM_KEY = 200
/** Values whose squares and sums stay far from overflow. */
const MAXIMUM_VALUE = 1e100

/** Reads an untrusted event into `into`; the problem, or undefined when there is none. */
export function checkEvent(
  event: unknown,
  now: number,
  rules: EventRules,
  into: CheckedEvent,
): Problem | undefined {
  if (typeof event !== 'object' || event === null)
    return problem('HEL_EVENT_INVALID', { problem: 'it is not an object' })
  const given = event as Record<string, unknown>
  const { id, unit, type } = given
  if (typeof id !== 'string' || id.length === 0 || !id.isWellFormed()) return problem('HEL_EVENT_ID_INVALID')
  if (id.length > MAXIMUM_ID) return problem('HEL_EVENT_TOO_LARGE', { field: 'id', limit: MAXIMUM_ID })
  if (!isUnitName(unit)) return problem('HEL_UNIT_INVALID')
  if (unit.length > MAXIMUM_UNIT_LENGTH)
    return problem('HEL_EVENT_TOO_LARGE', { field: 'unit', limit: MAXIMUM_UNIT_LENGTH })
  const wrongTime = readTime(given['at'], now, rules, into)
  if (wrongTime) return wrongTime
  into.id = id
  into.unit = unit
  if (type === undefined || type === 'outcome') return checkOutcome(given, rules, into)
  if (type === 'exposure') return checkExposure(given, rules, into)
  if (type === 'identity') return checkIdentity(given, into)
  return problem('HEL_EVENT_INVALID', { problem: 'its type is none of "exposure", "outcome" and "identity"' })
}

function checkIdentity({ previous }: Record<string, unknown>, into: CheckedEvent): Problem | undefined {
  if (!isUnitName(previous))
    return problem('HEL_EVENT_INVALID', { problem: 'an identity names the previous name of its unit' })
  if (previous.length > MAXIMUM_UNIT_LENGTH)
    return problem('HEL_EVENT_TOO_LARGE', { field: 'previous', limit: MAXIMUM_UNIT_LENGTH })
  if (previous === into.unit)
    return problem('HEL_EVENT_INVALID', { problem: 'an identity gives two different names' })
  into.kind = IDENTITY
  into.subject = previous
  return undefined
}

function checkOutcome(
  given: Record<string, unknown>,
  rules: EventRules,
  into: CheckedEvent,
): Problem | undefined {
  const { metric: name, value } = given
  if (typeof name !== 'string')
    return problem('HEL_EVENT_INVALID', { problem: 'an outcome names its metric' })
  if (name.length > MAXIMUM_KEY)
    return problem('HEL_EVENT_TOO_LARGE', { field: 'metric', limit: MAXIMUM_KEY })
  const { known, metric } = rules.source(name)
  if (!known && metric) {
    const problemText = `metric ${name} is computed from ${sourcesOf(metric).join(', ')}; send those`
    return problem('HEL_EVENT_INVALID', { problem: problemText })
  }
  if (!known) return problem('HEL_METRIC_NOT_FOUND', { metric: name })
  if (typeof value !== 'number' || !Number.isFinite(value))
    return problem('HEL_VALUE_NOT_FINITE', { metric: name })
  const range = metric?.range
  const minimum = Math.max(range?.minimum ?? -MAXIMUM_VALUE, -MAXIMUM_VALUE)
  const maximum = Math.min(range?.maximum ?? MAXIMUM_VALUE, MAXIMUM_VALUE)
  if (value < minimum || value > maximum) {
    return problem('HEL_VALUE_OUT_OF_RANGE', { metric: name, value, minimum, maximum })
  }
  into.kind = OUTCOME
  into.subject = name
  into.value = value
  return undefined
}

function checkExposure(
  given: Record<string, unknown>,
  rules: EventRules,
  into: CheckedEvent,
): Problem | undefined {
  const { experiment: key, variant, version, propensity, policyVersion } = given
  if (typeof key !== 'string' || typeof variant !== 'string') {
    return problem('HEL_EVENT_INVALID', { problem: 'an exposure names its experiment and variant' })
  }
  if (key.length > MAXIMUM_KEY)
    return problem('HEL_EVENT_TOO_LARGE', { field: 'experiment', limit: MAXIMUM_KEY })
  if (variant.length > MAXIMUM_KEY)
    return problem('HEL_EVENT_TOO_LARGE', { field: 'variant', limit: MAXIMUM_KEY })
  const experiment = rules.experiment(key)
  if (!experiment) return problem('HEL_EXPERIMENT_NOT_FOUND', { key })
  const index = experiment.variants.findIndex((candidate) => candidate.key === variant)
  if (index < 0) return problem('HEL_VARIANT_NOT_FOUND', { experiment: key, variant })
  const outsideLife = withinLife(experiment, rules, into)
  if (outsideLife) return outsideLife
  // 0 is what a sticky unit says whose variant gets no new units any more.
  if (!isOptional(propensity, (p) => p >= 0 && p <= 1)) {
    return problem('HEL_EVENT_INVALID', { problem: 'a propensity lies in [0, 1]' })
  }
  if (!isOptional(version, (v) => Number.isInteger(v) && v >= 1 && v <= experiment.version)) {
    return problem('HEL_EVENT_INVALID', {
      problem: `experiment ${key} has versions 1 to ${experiment.version}`,
    })
  }
  if (!isOptional(policyVersion, (v) => Number.isInteger(v) && v >= 0 && v < 2 ** 31)) {
    return problem('HEL_EVENT_INVALID', { problem: 'a policy version is a whole number' })
  }
  const wrongDimensions = readDimensions(given['dimensions'], experiment, into)
  if (wrongDimensions) return wrongDimensions
  into.kind = EXPOSURE
  into.subject = key
  into.variant = index
  into.version = (version as number | undefined) ?? experiment.version
  into.propensity = (propensity as number | undefined) ?? Number.NaN
  into.policyVersion = (policyVersion as number | undefined) ?? -1
  return undefined
}

/** Names that the experiment does not declare are passed over: the sender may hold an older definition. */
function readDimensions(given: unknown, { dimensions }: Experiment, into: CheckedEvent): Problem | undefined {
  into.combination = NO_COMBINATION
  if (given === undefined) return undefined
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return problem('HEL_EVENT_INVALID', { problem: 'dimensions are an object of names and texts' })
  const entries = Object.entries(given)
  if (entries.length > MAXIMUM_DIMENSIONS)
    return problem('HEL_EVENT_INVALID', { problem: `it has more than ${MAXIMUM_DIMENSIONS} dimensions` })
  if (!entries.every(([, value]) => isDimensionValue(value))) {
    const problemText = `the value of a dimension is a text of at most ${LONGEST_DIMENSION_VALUE} characters`
    return problem('HEL_EVENT_INVALID', { problem: problemText })
  }
  into.combination = combinationOf(given as Record<string, string>, dimensions)
  return undefined
}

function isDimensionValue(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_DIMENSION_VALUE && value.isWellFormed()
}

/** An exposure belongs between start and end; a clock that is a little slow is set to the start. */
function withinLife(experiment: Experiment, rules: EventRules, into: CheckedEvent): Problem | undefined {
  const { key, startedAt, endedAt } = experiment
  if (startedAt === undefined || into.at < startedAt - rules.skewMilliseconds) {
    return problem('HEL_EXPERIMENT_NOT_STARTED', { key })
  }
  if (endedAt !== undefined && into.at > endedAt) return problem('HEL_EXPERIMENT_ENDED', { key })
  if (into.at < startedAt) into.at = startedAt
  return undefined
}

function readTime(at: unknown, now: number, rules: EventRules, into: CheckedEvent): Problem | undefined {
  if (at === undefined || at === null) {
    into.at = now
    return undefined
  }
  const time = typeof at === 'number' ? Math.floor(at) : typeof at === 'string' ? parseTime(at) : Number.NaN
  if (!Number.isFinite(time)) {
    const shown = typeof at === 'string' || typeof at === 'number' ? String(at).slice(0, 40) : typeof at
    return problem('HEL_EVENT_TIME_INVALID', { at: shown })
  }
  if (time < now - rules.latenessMilliseconds) {
    const days = Math.floor((now - time) / DAY_MILLISECONDS)
    return problem('HEL_EVENT_TOO_LATE', { days, limit: rules.latenessMilliseconds / DAY_MILLISECONDS })
  }
  if (time > now + rules.skewMilliseconds) {
    return problem('HEL_EVENT_IN_FUTURE', { seconds: Math.round((time - now) / 1000) })
  }
  // A clock that is a little fast is set to the arrival: nothing that is known happened later than now.
  into.at = Math.min(time, now)
  return undefined
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

function parseTime(text: string): number {
  return text.length <= 40 && ISO_TIME.test(text) && isInCalendar(text) ? Date.parse(text) : Number.NaN
}

/** `Date.parse` takes 30 February for 2 March. */
function isInCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10))
  return day <= 28 || new Date(text.slice(0, 10)).getUTCDate() === day
}

function isOptional(value: unknown, holds: (value: number) => boolean): boolean {
  return value === undefined || (typeof value === 'number' && holds(value))
}

function problem(code: ErrorCode, details: ErrorDetails = {}): Problem {
  return { code, details }
}
