import { useEffect, useRef } from 'react'
import { Link, useSearch } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { segment } from '../../api/request.ts'
import classes from './experiment-page.module.css'

const TABS = [
  { name: 'results', label: 'Results' },
  { name: 'traffic', label: 'Traffic' },
  { name: 'segments', label: 'Segments' },
  { name: 'design', label: 'Design' },
  { name: 'history', label: 'History' },
] as const

export type TabName = (typeof TABS)[number]['name']

/** The part that an address asks for; the results where it asks for none that exists. */
export function tabNamed(name: string | undefined): TabName {
  return TABS.find((tab) => tab.name === name)?.name ?? 'results'
}

/** Says that a tab was gone to by its link, after which the focus stays there. */
const BY_TAB = 'experiment-tab'

interface Props {
  readonly experimentKey: string
  readonly tab: TabName
}

/** Parts of the experiment, each with an address; the choices in the address go along. */
export function ExperimentTabs({ experimentKey, tab }: Props) {
  const search = useSearch()
  const current = useRef<HTMLAnchorElement>(null)
  const state = useHistoryState<unknown>()
  useEffect(() => {
    // The page is drawn anew with its address; who goes through the tabs by keyboard goes on from there.
    if (state === BY_TAB) current.current?.focus({ preventScroll: true })
  }, [state])
  const base = `/experiments/${segment(experimentKey)}`
  return (
    <nav className={classes.tabs} aria-label="Parts of the experiment">
      {TABS.map(({ name, label }) => (
        <Link
          key={name}
          ref={name === tab ? current : undefined}
          href={`${name === 'results' ? base : `${base}/${name}`}${search === '' ? '' : `?${search}`}`}
          state={BY_TAB}
          className={classes.tab ?? ''}
          aria-current={name === tab ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
