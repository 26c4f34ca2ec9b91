import type { Analysis } from '@helios/sdk'
import { computationOf } from './computation.ts'
import { reportedPosteriors } from './posteriors.ts'
import type { Report } from './report.ts'
import { resultsOf } from './results.ts'
import type { ReportSource } from './source.ts'
import { dailyUnits } from './traffic.ts'
import { verdictOf } from './verdict.ts'

/** Puts what the engine answered into the order in which a person wants to know it. */
export function buildReport(source: ReportSource): Report {
  const { analysis, experiment, metrics } = source
  return {
    generatedAt: source.at,
    timeZone: source.timeZone,
    release: source.release,
    status: statusOf(analysis),
    verdict: verdictOf(analysis, experiment),
    furtherRecommendations: analysis.recommendations.slice(1),
    refusals: analysis.refusals,
    warnings: analysis.warnings,
    experiment,
    metrics,
    units: analysis.units,
    sampleRatio: analysis.sampleRatio,
    results: resultsOf(analysis, metrics),
    health: analysis.health,
    stopping: analysis.stopping,
    effectOverTime: source.histories,
    segments: source.segments,
    posteriors: reportedPosteriors(analysis, experiment.metrics.primary),
    traffic: dailyUnits(source.traffic),
    computation: computationOf(source),
    changes: source.audit,
  }
}

function statusOf({ status, units }: Analysis): Report['status'] {
  if (units === 0) return 'empty'
  return status
}
