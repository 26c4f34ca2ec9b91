export type { BuiltChart, ChartTable, NamedVariant } from './built-chart.ts'
export { type ChartTheme, chartTheme } from './chart-theme.ts'
export { type EffectOverTimeOptions, effectOverTime } from './effect-over-time.ts'
export { type ExposuresPerHourOptions, exposuresPerHour } from './exposures-per-hour.ts'
export { type ForestPlotOptions, type ForestRow, forestPlot } from './forest-plot.ts'
export * from './format/index.ts'
export { type MetricOverTimeOptions, metricOverTime } from './metric-over-time.ts'
export { displayName, namesOf } from './names.ts'
export {
  type DensityCurve,
  type PosteriorDensitiesOptions,
  posteriorDensities,
} from './posterior-densities.ts'
export { type PosteriorIntervalsOptions, posteriorIntervals } from './posterior-intervals.ts'
export {
  type DetectableEffectOptions,
  detectableEffect,
  type PowerByUnitsOptions,
  powerByUnits,
} from './power-curves.ts'
export { READING_WORDS, type Reading, readingOf } from './reading.ts'
export { type UnitsPerVariantOptions, unitsPerVariant } from './units-per-variant.ts'
