import type { SectionKey } from './section-key.ts'

export interface Section {
  readonly key: SectionKey
  readonly title: string
  /** What is asked, in plain words. */
  readonly about: string
}

export const SECTIONS: readonly Section[] = [
  {
    key: 'false-positives',
    title: 'False positives at one look',
    about:
      'Both variants are the same (an A/A experiment). In how many of such experiments is p below 0.05? It should be one in twenty.',
  },
  {
    key: 'peeking',
    title: 'Looking again and again',
    about:
      'Still nothing differs, but the results are looked at many times, and the experiment is stopped as soon as one look finds something. In how many experiments does that happen?',
  },
  {
    key: 'coverage',
    title: 'Coverage of intervals',
    about:
      'There is an effect, and its size is known. In how many experiments does the 95 % interval hold it? For sequences: in how many do the intervals of all looks hold it together? Where a method gives no interval in some experiments, the share is that of the others, and the table says how many gave none.',
  },
  {
    key: 'proportions',
    title: 'Intervals of proportions',
    about:
      'Counts are few enough to go through all that can happen, so these numbers have no error of simulation. Coverage of proportions jumps up and down with the rate; the mean and the minimum over many rates are shown. A minimum is judged only where the method promises one.',
  },
  {
    key: 'power',
    title: 'Power against the optimum',
    about:
      'An effect that one look at the planned end finds in 80 % of the experiments: how many does a method find that may be looked at every day, and after how many units? The optimum, the test that knows the end, is 1.',
  },
  {
    key: 'bayesian',
    title: 'Bayesian statements',
    about:
      'The truth is drawn from the prior, then an experiment from the truth. Intervals and chances must then be right exactly as often as they say.',
  },
]
