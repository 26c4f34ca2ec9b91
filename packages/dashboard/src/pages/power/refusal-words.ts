/** How the fields of a question are called on this page. */
const LABELS: Readonly<Record<string, string>> = {
  minimumDetectableEffect: 'the smallest effect',
  unitsPerVariant: 'units per variant',
  effectScale: 'effects: absolute',
  varianceSaved: 'the correlation with a covariate',
  controlRatio: 'the size of the control',
  'plan.method': 'the method',
  'plan.looks': 'the number of looks',
  'hypothesis.expectedEffect': 'the expected effect',
  'clusters.meanSize': 'the size of clusters',
  'clusters.intraclassCorrelation': 'the intraclass correlation',
  'traffic.unitsPerDay': 'units per day',
  'traffic.coverage': 'the share that takes part',
  'metric.baseline': 'the value today',
  'metric.standardDeviation': 'the standard deviation',
  'metric.dispersion': 'the dispersion',
  'metric.numerator.standardDeviation': 'the standard deviation above the line',
  'metric.denominator.standardDeviation': 'the standard deviation below the line',
  'metric.numerator.mean': 'the mean above the line',
  'metric.denominator.mean': 'the mean below the line',
  'metric.correlation': 'the correlation of the two',
}

const PREFIX = /^The request does not have the expected form: /
/** Longest first, so that no name is taken for the beginning of another. */
const FIELDS = Object.keys(LABELS).sort((a, b) => b.length - a.length)

/** What the server refused, by the words of this page. */
export function refusalInWords(message: string): string {
  const told = FIELDS.reduce(
    (text, field) => text.replaceAll(field, LABELS[field] ?? field),
    message.replace(PREFIX, ''),
  )
  return told.charAt(0).toUpperCase() + told.slice(1)
}
