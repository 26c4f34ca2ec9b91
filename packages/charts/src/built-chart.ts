import type { EChartsOption } from 'echarts'

/** A chart as data: what to draw, how high, and the same in words and numbers. */
export interface BuiltChart {
  /** For `setOption` of ECharts 6, in a page or in Node. */
  readonly option: EChartsOption
  /** CSS pixels. */
  readonly height: number
  /** One or two sentences for those who do not see the picture. */
  readonly summary: string
  /** All the numbers of the picture, as text; rows have one cell per column. */
  readonly table: ChartTable
}

export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What a chart needs to know of a variant. */
export interface NamedVariant {
  readonly key: string
  readonly name: string
}

/** Value of a record by a key that people chose: `constructor` may be one. */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && record !== null && Object.hasOwn(record, key) ? record[key] : undefined
}
