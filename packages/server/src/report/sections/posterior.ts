import { posteriorDensities } from '@helios/charts'
import type { Block, Section } from '../blocks.ts'
import type { Report, ReportedPosterior } from '../report.ts'
import { type Names, share } from '../words.ts'

/** What is to be believed of each variant's value, for those who ask in that way. */
export function posteriorSection(report: Report, names: Names): Section | undefined {
  const { posteriors, computation } = report
  if (posteriors.length === 0) return undefined
  const held = share(1 - computation.alpha)
  return {
    id: 'posterior',
    title: 'What to believe',
    blocks: [
      {
        kind: 'paragraph',
        text: `Bayesian answers to the same question: given what was expected before and what was seen since, each value lies in its credible interval with a probability of ${held}. They do not control how often a rule that looks again and again errs; decisions stand on the results above.`,
      },
      ...posteriors.flatMap((posterior, i) => posteriorBlocks(posterior, i, report, names)),
    ],
  }
}

function posteriorBlocks(
  posterior: ReportedPosterior,
  i: number,
  { experiment }: Report,
  names: Names,
): Block[] {
  const { metric, curves, isExact, method } = posterior
  const { variants, control } = experiment
  const style = names.style(metric)
  return [
    {
      kind: 'chart',
      id: `chart-posterior-${i}`,
      title: names.metric(metric),
      draw: (theme) => posteriorDensities({ posterior, curves, variants, control, theme, style }),
    },
    {
      kind: 'remark',
      text: isExact
        ? `Model: ${method}. The curves are the densities of these posteriors.`
        : `Model: ${method}. The curves are normal densities with the same means and interval widths; the posteriors themselves are less even.`,
    },
  ]
}
