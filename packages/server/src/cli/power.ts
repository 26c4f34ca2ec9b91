import type { Command } from 'commander'
import type { PowerOptions } from './power/options.ts'

const EXAMPLES = `
Give two of --effect, --units (or --days) and --power, and read the third; with
only one of the first two, power is 80 %. Numbers may be written as percent:
--baseline 10% is --baseline 0.1. Effects are relative to the baseline
(5% is from 10 % to 10.5 %); with --absolute in units of the metric.

Examples:
  $ helios power --baseline 10% --effect 20% --per-day 1000
      how many units, and how many days?
  $ helios power --metric mean --baseline 40 --standard-deviation 20 --days 14 \\
      --per-day 500
      what can two weeks find?
  $ helios power --baseline 3% --effect 10% --units 20000
      how likely is it to be found?
  $ helios power --baseline 10% --effect 5% --variants 4 --correction dunnett \\
      --control-ratio optimal
  $ helios power --baseline 10% --effect 5% --method always-valid --looks 28
  $ helios power --baseline 30% --effect -2% --hypothesis non-inferiority

Exit code: 0 answered, 1 no number of units (or no effect) would do, 2 bad use.`

/** Adds \`helios power\`: how large an experiment must be, without a server or a store. */
export function registerPower(program: Command): void {
  const command = program
    .command('power')
    .description('How many units, how small an effect, how much power')
    .option('--metric <kind>', 'proportion, retention, mean, count or ratio (default: proportion)')
    .option('--baseline <value>', 'value of the metric today')
    .option('--standard-deviation <value>', 'of the values of the units, for a mean')
    .option('--dispersion <value>', 'variance over mean, for a count (default: 1, Poisson)')
    .option('--numerator <mean,deviation>', 'mean and standard deviation over units, for a ratio')
    .option('--denominator <mean,deviation>', 'the same of the denominator')
    .option('--correlation <value>', 'of numerator and denominator over units')
    .option('--effect <value>', 'smallest change worth finding; below 0 for a decrease')
    .option('--absolute', 'effects are in units of the metric, not relative to the baseline')
    .option('--decrease', 'where the effect is the answer: find a decrease')
    .option('--units <count>', 'units in each variant')
    .option('--days <count>', 'as many units as come in so many days (with --per-day)')
    .option('--power <share>', 'chance to find the effect (default: 80% where it is not the answer)')
    .option('--alpha <share>', 'error rate (default: 5%)')
    .option('--sides <1|2>', 'sides of the test (default: 2)')
    .option('--variants <count>', 'variants, control included (default: 2)')
    .option('--correction <name>', 'bonferroni, dunnett or none (default: bonferroni)')
    .option(
      '--control-ratio <ratio>',
      'units of the control for each of a treatment, or optimal (default: 1)',
    )
    .option('--hypothesis <name>', 'difference, non-inferiority or equivalence; then --effect is the margin')
    .option('--expected <value>', 'true effect to plan for, for the last two (default: 0)')
    .option('--method <name>', 'fixed-horizon, always-valid or group-sequential (default: fixed-horizon)')
    .option(
      '--looks <count>',
      'looks up to the planned sample (default: 14 always-valid, 5 group-sequential)',
    )
    .option('--spending <name>', 'obrien-fleming or pocock, for group-sequential')
    .option('--cluster-size <mean>', 'units that are randomised together')
    .option('--cluster-variation <value>', 'standard deviation of their sizes over the mean (default: 0)')
    .option('--intraclass-correlation <value>', 'how alike the units of a cluster are')
    .option('--covariate-correlation <value>', 'of metric and covariate, for CUPED')
    .option('--variance-saved <share>', 'the same as a share of variance')
    .option('--per-day <count>', 'units that come in a day')
    .option('--coverage <share>', 'share of them that takes part (default: 100%)')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
  if (process.argv.includes('--json')) tellMistakesInJson(command)
  command.action(async (options: PowerOptions) => {
    const { runPower } = await import('./power/run.ts')
    process.exitCode = runPower(options)
  })
}

/** With --json, mistakes in the flags are told in JSON as all others are. */
function tellMistakesInJson(command: Command): void {
  const outputError = (text: string, write: (text: string) => void) => {
    const message = text.trim().replace(/^error: /, '')
    write(`${JSON.stringify({ error: { code: 'HEL_USAGE', message } })}\n`)
  }
  command.showHelpAfterError(false).configureOutput({ outputError })
}
