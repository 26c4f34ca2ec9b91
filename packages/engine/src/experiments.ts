import { type ExperimentDefinition, reallocate, type Slot, slotsFromWeights } from '@helios/sdk'
import { fixedWeights } from './allocation.ts'
import type { Clock } from './clock.ts'
import { HeliosError } from './errors.ts'
import {
  type AnalysisSettings,
  DEFAULT_ANALYSIS_SETTINGS,
  definitionOf,
  designExperiment,
  type Experiment,
  type ExperimentDesign,
  editDesign,
  metricKeysOf,
  REMOVABLE_FIELDS,
  without,
} from './experiment.ts'
import { takeLayerRanges } from './layer.ts'
import { type Action, type AuditEntry, type ChangeNote, isEnded, TRANSITIONS } from './life-cycle.ts'
import type { Metrics } from './metrics.ts'
import type { Policy } from './policy.ts'
import { Serial } from './serial.ts'
import type { Registry } from './storage.ts'

const COLLECTION = 'experiments'
/** What may not change once units have met variants: their results could not be told apart. */
const FIXED_AFTER_START = [
  'variants',
  'factors',
  'control',
  'unit',
  'layer',
  'holdout',
  'saltVersion',
] as const

export interface ExperimentsDependencies {
  readonly registry: Registry
  readonly clock: Clock
  readonly metrics: Metrics
  readonly policies: readonly Policy[]
  /** Position of the last durable event. */
  readonly position: () => number
  /** Told of every new version before the change is answered. */
  readonly onChange: (experiment: Experiment, previous: Experiment | undefined) => Promise<void>
}

/** The experiments: their versions, their life cycle, and who changed what. */
export class Experiments {
  readonly #dependencies: ExperimentsDependencies
  readonly #versions = new Map<string, Experiment[]>()
  /** One change at a time: each is checked against the state that the one before it left. */
  readonly #changes = new Serial()

  constructor(dependencies: ExperimentsDependencies) {
    this.#dependencies = dependencies
  }

  async load(): Promise<void> {
    const { registry } = this.#dependencies
    for (const { key } of await registry.list(COLLECTION)) {
      const documents = await registry.versions(COLLECTION, key)
      this.#versions.set(
        key,
        documents.map((document) => deepFreeze(storedExperiment(document.value))),
      )
    }
  }

  list(): Experiment[] {
    return [...this.#versions.values()].map((versions) => versions.at(-1) as Experiment)
  }

  find(key: string): Experiment | undefined {
    return this.#versions.get(key)?.at(-1)
  }

  /** Throws HEL_EXPERIMENT_NOT_FOUND. */
  get(key: string): Experiment {
    const experiment = this.find(key)
    if (!experiment) throw new HeliosError('HEL_EXPERIMENT_NOT_FOUND', { key })
    return experiment
  }

  version(key: string, version: number): Experiment | undefined {
    return this.#versions.get(key)?.[version - 1]
  }

  async versions(key: string): Promise<Experiment[]> {
    this.get(key)
    return [...(this.#versions.get(key) ?? [])]
  }

  async audit(key?: string): Promise<AuditEntry[]> {
    if (key !== undefined) this.get(key)
    return this.#dependencies.registry.audit(key)
  }

  /** Resolves when the changes asked for so far are made, whether they succeed or not. */
  settled(): Promise<unknown> {
    return this.#changes.settled()
  }

  definition(key: string): ExperimentDefinition {
    return definitionOf(this.get(key))
  }

  /** Definitions that clients need: all but drafts and cancelled experiments. */
  definitions(): ExperimentDefinition[] {
    return this.list()
      .filter(({ status }) => status !== 'draft' && status !== 'cancelled')
      .map(definitionOf)
  }

  /** Throws HEL_EXPERIMENT_INVALID, HEL_EXPERIMENT_EXISTS, HEL_METRIC_NOT_FOUND, HEL_HOLDOUT_MISMATCH, HEL_POLICY_NOT_FOUND. */
  create(input: unknown, note: ChangeNote = {}): Promise<Experiment> {
    return this.#changes.run(async () => {
      const design = designExperiment(input)
      if (this.find(design.key)) throw new HeliosError('HEL_EXPERIMENT_EXISTS', { key: design.key })
      this.#requireConsistent(design)
      const now = this.#dependencies.clock.now()
      const experiment: Experiment = {
        ...design,
        version: 1,
        status: 'draft',
        slots: this.#slotsFor(design),
        layerRanges: [],
        createdAt: now,
        updatedAt: now,
      }
      return this.#keep(experiment, undefined, 'create', note)
    })
  }

  /** Throws HEL_EDIT_NOT_ALLOWED, HEL_VERSION_CONFLICT and what `create` throws. */
  edit(
    key: string,
    edit: unknown,
    note: ChangeNote & { readonly expectedVersion?: number } = {},
  ): Promise<Experiment> {
    return this.#changes.run(async () => {
      const current = this.get(key)
      const { expectedVersion = current.version } = note
      if (expectedVersion !== current.version) {
        throw new HeliosError('HEL_VERSION_CONFLICT', { key, version: current.version })
      }
      const design = editDesign(current, edit)
      requireEditable(current, design)
      this.#requireConsistent(design)
      const removed = REMOVABLE_FIELDS.filter((field) => !Object.hasOwn(design, field))
      const next = { ...without(current, removed), ...design, slots: this.#slotsAfter(current, design) }
      return this.#keep(this.#successor(next), current, 'edit', note)
    })
  }

  start(key: string, note?: ChangeNote): Promise<Experiment> {
    return this.#transition(key, 'start', note, (experiment, now) => ({
      startedAt: now,
      startedPosition: this.#dependencies.position(),
      layerRanges: takeLayerRanges(experiment, this.list()),
    }))
  }

  pause(key: string, note?: ChangeNote): Promise<Experiment> {
    return this.#transition(key, 'pause', note)
  }

  resume(key: string, note?: ChangeNote): Promise<Experiment> {
    return this.#transition(key, 'resume', note)
  }

  /** Ends the experiment; `ship` names the variant that everyone gets from now on (the control when absent). */
  complete(key: string, note: ChangeNote & { readonly ship?: string } = {}): Promise<Experiment> {
    return this.#transition(key, 'complete', note, (experiment, now) => {
      const { ship } = note
      if (ship !== undefined && !experiment.variants.some((variant) => variant.key === ship)) {
        throw new HeliosError('HEL_VARIANT_NOT_FOUND', { experiment: key, variant: ship })
      }
      return { endedAt: now, ...(ship === undefined ? {} : { shipped: ship }) }
    })
  }

  cancel(key: string, note?: ChangeNote): Promise<Experiment> {
    return this.#transition(key, 'cancel', note, (_, now) => ({ endedAt: now }))
  }

  #transition(
    key: string,
    action: Action,
    note: ChangeNote = {},
    change: (experiment: Experiment, now: number) => Partial<Experiment> = () => ({}),
  ): Promise<Experiment> {
    return this.#changes.run(async () => {
      const current = this.get(key)
      const { from, to } = TRANSITIONS[action]
      if (!from.includes(current.status)) {
        throw new HeliosError('HEL_TRANSITION_NOT_ALLOWED', { key, status: current.status, action })
      }
      const next = { ...current, ...change(current, this.#dependencies.clock.now()), status: to }
      return this.#keep(this.#successor(next), current, action, note)
    })
  }

  #successor(experiment: Experiment): Experiment {
    return { ...experiment, version: experiment.version + 1, updatedAt: this.#dependencies.clock.now() }
  }

  async #keep(
    experiment: Experiment,
    previous: Experiment | undefined,
    action: AuditEntry['action'],
    { by = 'unknown', why = '' }: ChangeNote,
  ): Promise<Experiment> {
    const { key, version, updatedAt } = experiment
    const line: AuditEntry = { subject: key, version, action, at: updatedAt, by, why }
    deepFreeze(experiment)
    await this.#dependencies.registry.write(
      [{ collection: COLLECTION, key, version, value: experiment }],
      [line],
    )
    this.#versions.set(key, [...(this.#versions.get(key) ?? []), experiment])
    await this.#dependencies.onChange(experiment, previous)
    return experiment
  }

  #requireConsistent(design: ExperimentDesign): void {
    for (const key of metricKeysOf(design.metrics)) this.#dependencies.metrics.get(key)
    const { holdout } = design
    if (!holdout) return
    const other = this.list().find(
      ({ key, status, holdout: known }) =>
        key !== design.key && known?.key === holdout.key && !isEnded(status),
    )
    if (other?.holdout && (other.holdout.share !== holdout.share || other.unit !== design.unit)) {
      throw new HeliosError('HEL_HOLDOUT_MISMATCH', {
        holdout: holdout.key,
        expected: other.holdout.share,
        unit: other.unit,
      })
    }
  }

  #slotsFor(design: ExperimentDesign): Slot[] {
    return slotsFromWeights(
      design.variants.map(({ key }) => key),
      this.#weightsOf(design),
    )
  }

  /** In draft the slots are laid out anew; once units have points, as few as possible change hands. */
  #slotsAfter(current: Experiment, design: ExperimentDesign): readonly Slot[] {
    if (current.status === 'draft') return this.#slotsFor(design)
    const isSame = JSON.stringify(current.allocation) === JSON.stringify(design.allocation)
    return isSame ? current.slots : reallocate(current.slots, this.#weightsOf(design))
  }

  #weightsOf({ allocation, variants, control }: ExperimentDesign): Record<string, number> {
    const keys = variants.map(({ key }) => key)
    if (allocation.kind !== 'dynamic') return fixedWeights(allocation, keys, control)
    const { policies } = this.#dependencies
    const policy = policies.find(({ name }) => name === allocation.policy.kind)
    if (!policy) {
      const known = policies.map(({ name }) => name).join(', ')
      throw new HeliosError('HEL_POLICY_NOT_FOUND', { policy: allocation.policy.kind, known })
    }
    const propensities = policy.propensities(keys)
    return Object.fromEntries(keys.map((key, i) => [key, propensities[i] ?? 0]))
  }
}

/** A version from the store; those written before tags and dimensions existed have none. */
function storedExperiment(value: unknown): Experiment {
  const stored = value as Omit<Experiment, 'tags' | 'dimensions'>
  // Before there was a choice of methods, results were read as at a fixed horizon; what was concluded stays so.
  const earlier: AnalysisSettings = { ...DEFAULT_ANALYSIS_SETTINGS, method: 'fixed-horizon' }
  const analysis = { ...earlier, ...stored.analysis }
  return { tags: [], dimensions: [], ...stored, analysis }
}

/** Versions are immutable, also for callers who got one from `get`. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}

function requireEditable(current: Experiment, design: ExperimentDesign): void {
  const { key, status } = current
  if (status === 'draft') return
  if (isEnded(status))
    throw new HeliosError('HEL_TRANSITION_NOT_ALLOWED', { key, status, action: 'be edited' })
  const changed = FIXED_AFTER_START.find(
    (field) => JSON.stringify(current[field]) !== JSON.stringify(design[field]),
  )
  if (changed) throw new HeliosError('HEL_EDIT_NOT_ALLOWED', { key, field: changed })
}
