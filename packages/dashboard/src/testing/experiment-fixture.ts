import type {
  Analysis,
  AnalysisSettings,
  AuditEntry,
  Experiment,
  ExperimentSummary,
  Finding,
  GuardrailVerdict,
  MetricAnalysis,
  MetricHistory,
  MetricRole,
  PosteriorAnalysis,
  SegmentAnalysis,
  Slot,
  Traffic,
  VariantComparison,
} from '@helios/sdk'

const HOUR_MILLISECONDS = 3_600_000
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS
const POINTS = 2 ** 32
const SHARES = { calm: 0.5, warm: 0.25, playful: 0.25 } as const
const UNITS = { calm: 6021, warm: 3004, playful: 2987 }

const MISMATCH: Finding = {
  code: 'sample-ratio-mismatch',
  message:
    'The variants do not have the units they should (p = 3.1e-12): assignment, exposure or logging loses units of some variants, and whoever is lost may differ from whoever is left.',
}

const ANALYSIS_SETTINGS: AnalysisSettings = {
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

/** A running test of three greetings, as a server sends it; the same one for the same time. */
export function experimentFixture(now: number, changes: Partial<Experiment> = {}): Experiment {
  return {
    key: 'greeting-tone',
    name: 'Greeting tone',
    hypothesis: 'Simulated. A warm greeting makes people stay, since the first line sets the mood.',
    unit: 'user',
    variants: [
      { key: 'calm', name: 'Calm', payload: 'Hello. How can I help?' },
      { key: 'warm', name: 'Warm', payload: { greeting: 'Good to see you!', emoji: true, warmth: 0.8 } },
      { key: 'playful', name: 'Playful', payload: { greeting: 'Oh hi! Ready for mischief?', warmth: 0.6 } },
    ],
    control: 'calm',
    factors: [],
    allocation: { kind: 'weighted', weights: { calm: 2, warm: 1, playful: 1 } },
    coverage: 0.8,
    audience: {
      all: [
        { attribute: 'country', operator: 'in', value: ['DE', 'AT', 'PT'] },
        { not: { attribute: 'plan', operator: 'equals', value: 'enterprise' } },
      ],
    },
    forced: { 'qa-anna': 'warm' },
    sticky: true,
    dimensions: ['language', 'device'],
    metrics: {
      primary: ['satisfaction_rating'],
      secondary: ['conversation_length', 'retention_rate'],
      guardrails: ['response_time'],
    },
    analysis: ANALYSIS_SETTINGS,
    minimumSample: 2000,
    maximumDurationDays: 21,
    saltVersion: 1,
    tags: ['simulated', 'bot'],
    version: 4,
    status: 'running',
    slots: slotsOf(SHARES),
    layerRanges: [],
    createdAt: now - 7 * DAY_MILLISECONDS,
    updatedAt: now - DAY_MILLISECONDS,
    startedAt: now - 6 * DAY_MILLISECONDS,
    startedPosition: 0,
    ...changes,
  }
}

function slotsOf(shares: Readonly<Record<string, number>>): Slot[] {
  let from = 0
  return Object.entries(shares).map(([variant, share]) => {
    const slot = { from, to: from + share * POINTS, variant }
    from = slot.to
    return slot
  })
}

/** What the experiment shows: `warm` is better on the primary metric, `playful` is not decided. */
export function analysisFixture(changes: Partial<Analysis> = {}): Analysis {
  const expected = Object.fromEntries(
    Object.entries(SHARES).map(([key, share]) => [key, share * (UNITS.calm + UNITS.warm + UNITS.playful)]),
  )
  return {
    status: 'ok',
    refusals: [],
    warnings: [],
    units: UNITS.calm + UNITS.warm + UNITS.playful,
    control: 'calm',
    sampleRatio: {
      pValue: 0.83,
      statistic: 0.37,
      degreesOfFreedom: 2,
      counts: UNITS,
      expected,
      strata: [
        {
          name: 'day',
          strata: 6,
          pValue: 0.41,
          statistic: 10.4,
          degreesOfFreedom: 10,
          worst: [{ stratum: '2026-11-18', counts: { calm: 1010, warm: 540, playful: 488 }, pValue: 0.12 }],
        },
      ],
    },
    crossover: { units: 14, share: 0.0012 },
    alpha: 0.05,
    method: 'always-valid',
    correction: { method: 'holm', comparisons: 2 },
    health: {
      score: 0.86,
      parts: [
        {
          check: 'sample-ratio',
          score: 1,
          message: 'The variants have the units that they should (p = 0.83).',
          pValue: 0.83,
        },
        { check: 'duration', score: 0.86, message: 'It has run 6 days of at least 7 days.' },
        { check: 'guardrails', score: 1, message: 'No guardrail is harmed.' },
      ],
    },
    stopping: {
      shouldStop: false,
      reasons: [
        {
          code: 'significant',
          variant: 'warm',
          metric: 'satisfaction_rating',
          message: 'warm is better on satisfaction_rating: +3.1 % [1.9 %, 4.3 %], adjusted p = 0.0003.',
        },
      ],
      variants: [],
      waitingFor: [],
    },
    recommendations: [
      {
        code: 'deploy',
        variant: 'warm',
        message: 'Deploy warm: +3.1 % [1.9 %, 4.3 %] on satisfaction_rating, always-valid, guardrails hold.',
        evidence: [
          'warm is better on satisfaction_rating: +3.1 % [1.9 %, 4.3 %], adjusted p = 0.0003.',
          'warm: the guardrail response_time holds: +0.4 % [−1.6 %, 2.4 %] against a margin of 5 %.',
        ],
      },
      {
        code: 'stop-variant',
        variant: 'playful',
        message:
          'Stop playful: the guardrail response_time is harmed: +5.8 % [3.8 %, 7.8 %] against a margin of 5 %; warm may go on.',
        evidence: [],
      },
    ],
    metrics: {
      satisfaction_rating: {
        ...adjusted(metricFixture('primary', 0.62, { warm: 0.031, playful: 0.006 }, 0.012)),
        posterior: posteriorFixture(0.62, { warm: 0.031, playful: 0.006 }, 0.012),
      },
      conversation_length: metricFixture('secondary', 8.4, { warm: -0.02, playful: 0.041 }, 0.018),
      retention_rate: notMatured(),
      response_time: guarded(
        metricFixture('guardrail', 1.9, { warm: 0.004, playful: 0.058 }, 0.02, 'decrease'),
        { warm: 'holds', playful: 'harmed' },
      ),
    },
    ...changes,
  }
}

/** The same experiment with lost units, so that its numbers are kept back. */
export function refusedAnalysisFixture(evenIfMisleading = false): Analysis {
  const { metrics, sampleRatio } = analysisFixture()
  return analysisFixture({
    status: 'refused',
    refusals: [MISMATCH],
    metrics: evenIfMisleading ? metrics : {},
    health: {
      score: 0,
      parts: [
        {
          check: 'sample-ratio',
          score: 0,
          message: 'warm has 13 % fewer units than it should (2,610 where 3,003 were due; p = 3e−12).',
          pValue: 3.1e-12,
        },
      ],
    },
    recommendations: [
      {
        code: 'do-not-read',
        message:
          'Do not read the numbers: warm has 13 % fewer units than it should (2,610 where 3,003 were due; p = 3e−12), on all days alike. Find what loses or adds units, repair it and start again.',
        evidence: [MISMATCH.message],
      },
    ],
    sampleRatio: {
      ...sampleRatio,
      pValue: 3.1e-12,
      statistic: 53,
      counts: { ...UNITS, warm: 2610, playful: 2987 },
    },
  })
}

function metricFixture(
  role: MetricRole,
  mean: number,
  effects: Readonly<Record<string, number>>,
  half: number,
  direction: 'increase' | 'decrease' = 'increase',
): MetricAnalysis {
  return {
    role,
    kind: 'mean',
    direction,
    variants: Object.fromEntries(
      Object.entries(UNITS).map(([key, n]) => [
        key,
        { n, mean: mean * (1 + (effects[key] ?? 0)), variance: mean * 0.2 },
      ]),
    ),
    comparisons: Object.fromEntries(
      Object.entries(effects).map(([key, effect]) => [key, comparisonFixture(mean, effect, half)]),
    ),
  }
}

/** The metric as it is where what units did before was taken into account. */
function adjusted(metric: MetricAnalysis): MetricAnalysis {
  const varianceReduction = { method: 'CUPED', covariates: 1, varianceSaved: 0.38 }
  return withComparisons(metric, (_, comparison) => ({ ...comparison, varianceReduction }))
}

function guarded(
  metric: MetricAnalysis,
  verdicts: Readonly<Record<string, GuardrailVerdict['verdict']>>,
): MetricAnalysis {
  return withComparisons(metric, (variant, comparison) => {
    const verdict = verdicts[variant] ?? 'unclear'
    const pValue = verdict === 'holds' ? 0.00002 : 0.8
    return { ...comparison, guardrail: { verdict, margin: 0.05, pValue } }
  })
}

type Computed = Extract<VariantComparison, { status: 'ok' }>

function withComparisons(
  metric: MetricAnalysis,
  change: (variant: string, comparison: Computed) => Computed,
): MetricAnalysis {
  const comparisons = Object.entries(metric.comparisons).map(([variant, comparison]) => [
    variant,
    comparison.status === 'ok' ? change(variant, comparison) : comparison,
  ])
  return { ...metric, comparisons: Object.fromEntries(comparisons) }
}

/** What a normal model with a flat prior would believe, roughly. */
export function posteriorFixture(
  mean: number,
  effects: Readonly<Record<string, number>>,
  half: number,
): PosteriorAnalysis {
  const around = (estimate: number, width: number) => ({
    estimate,
    low: estimate - width,
    high: estimate + width,
  })
  const treatments = Object.entries(effects).map(([key, effect]) => {
    const chance = 1 / (1 + Math.exp((-3.2 * effect) / half))
    const value = around(mean * (1 + effect), mean * half * 0.7)
    const comparison = {
      chanceToBeatControl: chance,
      absolute: around(mean * effect, mean * half),
      relative: around(effect, half),
      chanceOfEquivalence: Math.abs(effect) < 0.01 ? 0.7 : 0.001,
    }
    const posterior = {
      value,
      probabilityBest: chance * 0.9,
      expectedLoss: mean * half * (1 - chance),
      comparison,
    }
    return [key, posterior] as const
  })
  const control = {
    value: around(mean, mean * half * 0.5),
    probabilityBest: 0.0004,
    expectedLoss: mean * 0.031,
  }
  return {
    method: 'normal, prior N(0, 30 %) on the relative effect',
    variants: { calm: control, ...Object.fromEntries(treatments) },
  }
}

/** A comparison whose interval is `effect` ± `half`, relative to the control's mean. */
export function comparisonFixture(mean: number, effect: number, half: number): VariantComparison {
  const interval = (scale: number) => ({
    estimate: effect * scale,
    low: (effect - half) * scale,
    high: (effect + half) * scale,
  })
  const statistic = (effect / half) * 1.96
  const pValue = Math.exp(-0.717 * Math.abs(statistic) - 0.416 * statistic * statistic)
  return {
    status: 'ok',
    method: 'asymptotic confidence sequence',
    inference: 'always-valid',
    absolute: interval(mean),
    relative: { status: 'ok', method: 'delta method', ...interval(1) },
    standardError: (half * mean) / 1.96,
    statistic,
    degreesOfFreedom: 5800,
    pValue,
    log10PValue: Math.log10(pValue),
    pValueAdjusted: Math.min(1, pValue * 2),
    alpha: 0.05,
    assumptions: ['units are independent', 'means are near normal at this sample size'],
  }
}

function notMatured(): MetricAnalysis {
  const message = 'No unit has passed its window of 7 days yet.'
  const refused: VariantComparison = { status: 'not-computable', reason: 'too-few-units', message }
  return {
    role: 'secondary',
    kind: 'retention',
    direction: 'increase',
    variants: Object.fromEntries(Object.keys(UNITS).map((key) => [key, missingNumbers()])),
    comparisons: { warm: refused, playful: refused },
  }
}

/** Over HTTP a number that does not exist is null, whatever the type says. */
function missingNumbers() {
  return JSON.parse('{"n":0,"mean":null,"variance":null}')
}

export function historyFixture(metric: string, now: number): MetricHistory {
  const { metrics } = analysisFixture()
  const known = metrics[metric]
  const points = Array.from({ length: 72 }, (_, i) => {
    const age = (i + 1) / 72
    const noise = (seed: number) => (Math.sin(i * seed) * 0.02) / Math.sqrt(i + 1)
    return {
      at: Math.round(now - 6 * DAY_MILLISECONDS * (1 - age)),
      variants: Object.fromEntries(
        Object.entries(UNITS).map(([key, n]) => [
          key,
          { n: Math.round(n * age), mean: (known?.variants[key]?.mean ?? 0) * (1 + noise(n)) },
        ]),
      ),
      effects: Object.fromEntries(
        Object.entries(known?.comparisons ?? {}).map(([key, comparison]) => {
          if (comparison.status !== 'ok' || comparison.relative.status !== 'ok') return [key, null]
          const { absolute, relative } = comparison
          const half = (relative.high - relative.estimate) / Math.sqrt(age)
          const at = relative.estimate + noise(key.length * 1.7)
          const scale = absolute.estimate / relative.estimate
          const interval = { estimate: at, low: at - half, high: at + half }
          return [
            key,
            {
              method: comparison.method,
              absolute: { estimate: at * scale, low: (at - half) * scale, high: (at + half) * scale },
              relative: interval,
            },
          ]
        }),
      ),
    }
  })
  const { role = 'primary', kind = 'mean', direction = 'increase' } = known ?? {}
  return {
    status: 'ok',
    refusals: [],
    metric,
    role,
    kind,
    direction,
    control: 'calm',
    alpha: 0.05,
    points,
  }
}

export function trafficFixture(now: number): Traffic {
  const first = Math.floor(now / HOUR_MILLISECONDS) * HOUR_MILLISECONDS - 143 * HOUR_MILLISECONDS
  const hours = Array.from({ length: 144 }, (_, i) => {
    const rhythm = 1 + Math.sin(((i % 24) - 8) / 3.8)
    return {
      at: first + i * HOUR_MILLISECONDS,
      units: Object.fromEntries(
        Object.entries(UNITS).map(([key, n]) => [key, Math.round((n / 144) * rhythm)]),
      ),
    }
  })
  return { hours, units: UNITS }
}

export function segmentsFixture(metric: string): SegmentAnalysis {
  const segmentOf = (value: string | undefined, share: number, effect: number) => ({
    ...(value === undefined ? {} : { value }),
    units: Object.fromEntries(Object.entries(UNITS).map(([key, n]) => [key, Math.round(n * share)])),
    ...metricFixture('primary', 0.62, { warm: effect, playful: -effect / 2 }, 0.012 / Math.sqrt(share)),
  })
  return {
    status: 'ok',
    refusals: [],
    metric,
    role: 'primary',
    kind: 'mean',
    direction: 'increase',
    control: 'calm',
    alpha: 0.05,
    correction: { method: 'holm', comparisons: 12 },
    dimensions: [
      {
        name: 'language',
        heterogeneity: {
          warm: { segments: 5, statistic: 11.9, degreesOfFreedom: 4, pValue: 0.018, inconsistency: 0.66 },
        },
        segments: [
          segmentOf('de', 0.5, 0.052),
          segmentOf('pt', 0.3, 0.004),
          segmentOf('en', 0.15, -0.048),
          { ...segmentOf(undefined, 0.03, 0.01), isRest: true },
          segmentOf(undefined, 0.02, 0.02),
        ],
      },
      {
        name: 'device',
        heterogeneity: {
          warm: { segments: 2, statistic: 0.3, degreesOfFreedom: 1, pValue: 0.58, inconsistency: 0 },
        },
        segments: [segmentOf('mobile', 0.7, 0.033), segmentOf('desktop', 0.3, 0.021)],
      },
    ],
  }
}

/** Four versions, oldest first: created, edited, started, edited. */
export function versionsFixture(now: number): Experiment[] {
  const present = experimentFixture(now)
  const { startedAt, startedPosition, ...draft } = present
  return [
    { ...draft, version: 1, status: 'draft', coverage: 1, hypothesis: '', allocation: { kind: 'equal' } },
    { ...draft, version: 2, status: 'draft', coverage: 0.4, slots: slotsOf(SHARES) },
    { ...present, version: 3, coverage: 0.4 },
    present,
  ]
}

export function auditFixture(now: number): AuditEntry[] {
  const entry = (version: number, action: AuditEntry['action'], days: number, by: string, why: string) => ({
    subject: 'greeting-tone',
    version,
    action,
    at: now - days * DAY_MILLISECONDS,
    by,
    why,
  })
  return [
    entry(1, 'create', 7, 'owner', 'hypothesis 12'),
    entry(2, 'edit', 6.5, 'owner', ''),
    entry(3, 'start', 6, 'deploy key', 'careful start'),
    entry(4, 'edit', 1, 'owner', 'no complaints; twice the traffic'),
  ]
}

export function lineFixture(now: number): ExperimentSummary {
  const { key, name, status, unit, version, tags, createdAt } = experimentFixture(now)
  return {
    key,
    name,
    status,
    unit,
    version,
    tags,
    variants: 3,
    metrics: 4,
    createdAt,
    startedAt: now - 6 * DAY_MILLISECONDS,
    units: analysisFixture().units,
    recentUnits: Array.from({ length: 24 }, (_, hour) => 60 + Math.round(40 * Math.sin(hour / 4))),
    health: { level: 'good', score: 0.86, findings: [] },
  }
}
