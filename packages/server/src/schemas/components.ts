import type {
  AaReplay,
  Analysis,
  ApiKey,
  AuditEntry,
  Decision,
  Experiment,
  ExperimentDefinition,
  ExperimentSummary,
  HeliosEvent,
  Metric,
  MetricHistory,
  Overview,
  PowerReport,
  Receipt,
  SegmentAnalysis,
  Session,
  Traffic,
} from '@helios/sdk'
import { type TUnsafe, Type } from 'typebox'
import type { ProblemDocument } from '../problem.ts'
import { AnalysisSchema } from './analysis.ts'
import { DecisionSchema, DefinitionSchema } from './decisions.ts'
import { EventSchema, ReceiptSchema } from './events.ts'
import { AuditEntrySchema, ExperimentSchema } from './experiments.ts'
import { AaReplaySchema, HistorySchema, SegmentsSchema, SummarySchema, TrafficSchema } from './findings.ts'
import { MetricSchema } from './metrics.ts'
import { PowerReportSchema } from './power.ts'
import { ProblemSchema } from './problem.ts'
import { KeySchema, OverviewSchema, SessionSchema } from './server.ts'

/** Schemas that OpenAPI names; the types are those of the sdk, and a test checks answers against both. */
export const COMPONENTS = {
  AaReplay: AaReplaySchema,
  Analysis: AnalysisSchema,
  ApiKey: KeySchema,
  AuditEntry: AuditEntrySchema,
  Decision: DecisionSchema,
  Definition: DefinitionSchema,
  Event: EventSchema,
  Experiment: ExperimentSchema,
  ExperimentSummary: SummarySchema,
  Metric: MetricSchema,
  MetricHistory: HistorySchema,
  Overview: OverviewSchema,
  PowerReport: PowerReportSchema,
  Problem: ProblemSchema,
  Receipt: ReceiptSchema,
  SegmentAnalysis: SegmentsSchema,
  Session: SessionSchema,
  Traffic: TrafficSchema,
} as const

interface Types {
  AaReplay: AaReplay
  Analysis: Analysis
  ApiKey: ApiKey
  AuditEntry: AuditEntry
  Decision: Decision & { readonly receipt?: Receipt }
  Definition: ExperimentDefinition
  Event: HeliosEvent
  Experiment: Experiment
  ExperimentSummary: ExperimentSummary
  Metric: Metric
  MetricHistory: MetricHistory
  Overview: Overview
  PowerReport: PowerReport
  Problem: ProblemDocument
  Receipt: Receipt
  SegmentAnalysis: SegmentAnalysis
  Session: Session
  Traffic: Traffic
}

/** Points to a component, and carries its type. */
export function ref<Name extends keyof Types>(name: Name): TUnsafe<Types[Name]> {
  return Type.Unsafe<Types[Name]>({ $ref: `${name}#` })
}

/** Points to a list of components. */
export function listOf<Name extends keyof Types>(name: Name): TUnsafe<readonly Types[Name][]> {
  return Type.Unsafe<readonly Types[Name][]>({ type: 'array', items: { $ref: `${name}#` } })
}

const Problems = ref('Problem')

/** Refusals that a route with a key can answer with, besides those that are its own. */
export const REFUSALS = { 401: Problems, 403: Problems, default: Problems } as const
export const INVALID = { 400: Problems } as const
export const NOT_FOUND = { 404: Problems } as const
export const CONFLICT = { 409: Problems } as const
