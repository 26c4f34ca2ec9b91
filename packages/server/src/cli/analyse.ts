import type { Command } from 'commander'
import type { AnalyseOptions } from './analyse/options.ts'

const EXAMPLES = `
EXPR is a column or a sum of columns; a name with spaces or symbols stands in
\`backticks\`. Empty cells, NA, NaN and null count as missing. A column of dates
(date, day, week, timestamp, …_at, …_date) is used to check that the variants
had the same shares every day.

Methods (--method):
  any metric      auto, always-valid, mixture-sprt
  mean, count     welch, pooled-t, mann-whitney, brunner-munzel
  proportion      z-pooled, z-unpooled, fisher, chi-square, g-test, newcombe,
                  miettinen-nurminen, agresti-caffo, beta-binomial
  both            permutation, bootstrap, betting (bounded, in the order of rows)
  adjusting       cuped and regression (--covariate), post-stratify (--stratum)
  Bayesian        beta-binomial, normal, gamma-poisson (count)

Methods that need the values of the units, and --covariate, --winsorise,
--segments, --uplift, --factors and --effect-sizes, keep them in memory: 8 to 16
bytes for each unit and column, twice for a ratio. All others keep only sums.

Examples:
  $ helios analyse test.csv --variant group --control A \\
      --metric "paid=proportion(paid)"
  $ helios analyse orders.csv --variant group --control A --unit customer \\
      --metric "spend=mean(price + tax)" \\
      --metric "basket=ratio(price / items)" --where "country = DE"
  $ helios analyse headlines.csv --variant headline --control 0 \\
      --experiment test --units views --metric "ctr=proportion(clicks)" --json
  $ helios analyse hillstrom.csv --variant segment --control "No E-Mail" \\
      --metric "spend=mean(spend)" --method cuped --covariate history
  $ helios analyse test.csv --factors banner,price --control banner=off,price=9 \\
      --metric "paid=proportion(paid)"

Exit code: 0 answered, 1 refused because the numbers would mislead (--force
shows them), 2 bad use or bad file.`

/** Adds \`helios analyse FILE\`: an A/B analysis of a CSV file, without a server or a store. */
export function registerAnalyse(program: Command): void {
  const command = program
    .command('analyse')
    .alias('analyze')
    .description('Analyse an A/B test from a CSV file')
    .argument('<file>', 'CSV file with a header line')
    .option('--variant <column>', 'column that names the variant (required)')
    .option('--control <value>', 'variant that the others are compared with (required)')
    .option(
      '--metric <name=kind(expr)>',
      'mean(EXPR), proportion(EXPR), count(EXPR), ratio(EXPR / EXPR) or quantile(EXPR, 0.9); repeatable, at least one',
      collect,
    )
    .option('--method <name>', 'how variants are compared, see below (default: auto)')
    .option(
      '--unit <column>',
      'column that names the unit; its rows are put together (default: each row is a unit)',
    )
    .option('--units <column>', 'column that says how many units a row stands for (proportions only)')
    .option('--experiment <column>', 'column that names the experiment, where the file holds many')
    .option(
      '--where <condition>',
      'count only rows where EXPR OP VALUE holds, OP one of = != < <= > >=; repeatable',
      collect,
    )
    .option(
      '--stratum <column>',
      'check that the variants have the same shares for each value; repeatable',
      collect,
    )
    .option('--weights <list>', 'intended shares, as A=0.5,B=0.5 (default: equal)')
    .option(
      '--covariate <expr>',
      'number known of each unit before it met its variant, to adjust for; repeatable',
      collect,
    )
    .option('--winsorise <share>', 'cap this share of extreme values on either side, as 0.01')
    .option('--bounds <low,high>', 'between which values each unit must lie (betting)')
    .option('--planned-units <number>', 'units per variant that were planned (sequential methods)')
    .option(
      '--correction <name>',
      'holm, bonferroni, hochberg, benjamini-hochberg, benjamini-yekutieli, dunnett or none (default: holm)',
    )
    .option('--effect-sizes', "add Cohen's d or h, Hedges' g and the probability of superiority")
    .option(
      '--segments <column>',
      'effects within each value of a column, and whether they differ; repeatable',
      collect,
    )
    .option('--uplift <columns>', 'whom a variant helps more, predicted from columns a,b')
    .option('--learner <name>', 'of --uplift: T or X (default: X)')
    .option(
      '--factors <columns>',
      'columns a,b of factors that were varied together, instead of --variant; --control is then a=off,b=off',
    )
    .option('--seed <number>', 'of methods that draw (default: 1)')
    .option('--replicates <number>', 'draws of bootstrap and permutation')
    .option('--alpha <number>', 'two-sided error rate (default: 0.05)')
    .option('--delimiter <character>', 'between cells: a character, or tab (default: ,)')
    .option('--force', 'show the numbers even where they would mislead')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
  if (process.argv.includes('--json')) tellMistakesInJson(command)
  command.action(async (file: string, options: AnalyseOptions) => {
    // Late, so that the other commands do not wait for what only this one needs.
    const { runAnalyse } = await import('./analyse/run.ts')
    process.stdout.on('error', leaveWithReader)
    process.exitCode = await runAnalyse(file, options)
  })
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

/** `helios analyse … | head` is no failure: who reads may stop when satisfied. */
function leaveWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  throw error
}

/** With --json, mistakes in the flags are told in JSON as all others are. */
function tellMistakesInJson(command: Command): void {
  const outputError = (text: string, write: (text: string) => void) => {
    const message = text.trim().replace(/^error: /, '')
    write(`${JSON.stringify({ error: { code: 'HEL_USAGE', message } })}\n`)
  }
  command.showHelpAfterError(false).configureOutput({ outputError })
}
