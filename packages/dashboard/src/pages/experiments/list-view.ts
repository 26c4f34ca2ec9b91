import type { ExperimentStatus, ExperimentSummary, HealthLevel } from '@helios/sdk'

/** What of the list is shown, and in which order; lives in the address, so that it can be shared. */
export interface ListView {
  readonly search: string
  readonly status: ExperimentStatus | 'all'
  readonly health: HealthLevel | 'all'
  /** Empty for all. */
  readonly tag: string
  readonly order: Order
}

export type Order = 'activity' | 'newest' | 'name' | 'units'

export const STATUSES: readonly ExperimentStatus[] = ['running', 'paused', 'draft', 'completed', 'cancelled']
export const LEVELS: readonly HealthLevel[] = ['bad', 'attention', 'good', 'idle']
export const ORDERS: Readonly<Record<Order, string>> = {
  activity: 'Most active',
  newest: 'Newest',
  name: 'Name',
  units: 'Most units',
}

const EVERYTHING: ListView = { search: '', status: 'all', health: 'all', tag: '', order: 'activity' }
const PARAMETERS = { search: 'q', status: 'status', health: 'health', tag: 'tag', order: 'sort' } as const

/** The view that an address asks for; what it does not know counts as not said. */
export function viewOf(query: URLSearchParams): ListView {
  const read = (field: keyof ListView) => query.get(PARAMETERS[field]) ?? ''
  return {
    search: read('search'),
    status: oneOf(STATUSES, read('status')) ?? 'all',
    health: oneOf(LEVELS, read('health')) ?? 'all',
    tag: read('tag'),
    order: oneOf(Object.keys(ORDERS) as Order[], read('order')) ?? EVERYTHING.order,
  }
}

/** The query of a view, without what is so anyway; other parameters stay. */
export function queryOf(view: ListView, query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query)
  for (const field of Object.keys(PARAMETERS) as (keyof ListView)[]) {
    if (view[field] === EVERYTHING[field]) next.delete(PARAMETERS[field])
    else next.set(PARAMETERS[field], view[field])
  }
  return next
}

/** The view without its filters, in the same order. */
export function cleared({ order }: ListView): ListView {
  return { ...EVERYTHING, order }
}

export function isFiltered(view: ListView): boolean {
  return view.search !== '' || view.status !== 'all' || view.health !== 'all' || view.tag !== ''
}

function oneOf<T extends string>(words: readonly T[], word: string): T | undefined {
  return words.find((known) => known === word)
}

export function matches(summary: ExperimentSummary, view: ListView): boolean {
  return (
    (view.status === 'all' || summary.status === view.status) &&
    (view.health === 'all' || summary.health.level === view.health) &&
    (view.tag === '' || summary.tags.includes(view.tag)) &&
    holdsWords(summary, view.search)
  )
}

/** Every word stands in the name, the key or a tag, whatever its case. */
function holdsWords({ name, key, tags }: ExperimentSummary, search: string): boolean {
  const text = [name, key, ...tags].join('\n').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** How many lines each status would show, given the other filters. */
export function countByStatus(
  summaries: readonly ExperimentSummary[],
  view: ListView,
): Readonly<Record<ListView['status'], number>> {
  const counts = { all: 0, draft: 0, running: 0, paused: 0, completed: 0, cancelled: 0 }
  for (const summary of summaries) {
    if (!matches(summary, { ...view, status: 'all' })) continue
    counts.all++
    counts[summary.status]++
  }
  return counts
}

export function tagsOf(summaries: readonly ExperimentSummary[]): readonly string[] {
  return [...new Set(summaries.flatMap(({ tags }) => tags))].sort()
}

/** Keys in the order of the view; ties are settled by age, so that no line moves without a reason. */
export function orderedKeys(summaries: readonly ExperimentSummary[], order: Order): readonly string[] {
  const compare = COMPARISONS[order]
  return [...summaries]
    .sort((a, b) => compare(a, b) || b.createdAt - a.createdAt || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key)
}

type Comparison = (a: ExperimentSummary, b: ExperimentSummary) => number

const COMPARISONS: Readonly<Record<Order, Comparison>> = {
  activity: (a, b) => rankOf(a) - rankOf(b) || recentUnitsOf(b) - recentUnitsOf(a),
  newest: () => 0,
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
  units: (a, b) => b.units - a.units,
}

function rankOf({ status }: ExperimentSummary): number {
  return STATUSES.indexOf(status)
}

/** New units in the last 24 hours. */
export function recentUnitsOf({ recentUnits }: ExperimentSummary): number {
  return recentUnits.reduce((sum, count) => sum + count, 0)
}

/** Changes when lines come, go, or take another step in their life; not when numbers grow. */
export function membershipOf(summaries: readonly ExperimentSummary[]): string {
  return summaries.map(({ key, status, name }) => `${key} ${status} ${name}`).join('\n')
}

/** Whether somebody should look at it now. */
export function needsAttention({ status, health }: ExperimentSummary): boolean {
  const isOpen = status === 'running' || status === 'paused'
  return isOpen && (health.level === 'attention' || health.level === 'bad')
}
