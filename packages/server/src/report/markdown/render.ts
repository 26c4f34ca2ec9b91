import { type BuiltChart, chartTheme, formatTime } from '@helios/charts'
import type { Block, Cell, Chart, Notice, Table } from '../blocks.ts'
import type { Report } from '../report.ts'
import { sectionsOf } from '../sections.ts'
import { escaped, escapedCell } from './escape.ts'
import { sparkline, squares } from './sparkline.ts'

/** Tables of charts longer than this would bury what follows. */
const MOST_CHART_ROWS = 12
const SIGNS = { good: '✓', bad: '✗', warning: '!', neutral: '→' } as const

/** The report for mails, tickets and repositories: plain text that reads well as it is. */
export function renderMarkdown(report: Report): string {
  const { experiment, generatedAt, timeZone } = report
  const lines = [
    `# ${escaped(experiment.name)}`,
    escaped(
      `Experiment report · ${experiment.key} · ${experiment.status} · ${formatTime(generatedAt)} (${timeZone})`,
    ),
    ...sectionsOf(report).flatMap(({ id, title, blocks }) => [
      ...(id === 'verdict' ? [] : [`## ${escaped(title)}`]),
      ...blocks.flatMap(blockLines),
    ]),
  ]
  return `${lines.join('\n\n')}\n`
}

/** Each of them a paragraph. */
function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'remark':
      return [escaped(block.text)]
    case 'quotation':
      return [
        block.text
          .split(/\r\n?|\n/)
          .map((line) => `> ${escaped(line)}`.trimEnd())
          .join('\n'),
      ]
    case 'list':
      return listLines(block.items)
    case 'facts':
      return [block.facts.map(([name, text]) => `- ${escaped(name)}: ${escaped(text)}`).join('\n')]
    case 'notice':
      return noticeLines(block)
    case 'table':
      return [tableLines(block)]
    case 'chart':
      return chartLines(block)
    case 'group':
      return [`### ${escaped(block.title)}`, ...block.blocks.flatMap(blockLines)]
  }
}

function listLines(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${escaped(item)}`).join('\n')]
}

function noticeLines({ tone, title, items }: Notice): string[] {
  const lead = `> **${SIGNS[tone]} ${escaped(title)}**`
  const rest = items.map((item) => `> - ${escaped(item)}`)
  return [[lead, ...(rest.length === 0 ? [] : ['>', ...rest])].join('\n')]
}

function tableLines({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(escapedCell)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(cellText))),
  ].join('\n')
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escapedCell(cell)
  const text = escapedCell(cell.text)
  if (cell.share !== undefined) return `${squares(cell.share)} ${text}`
  return cell.tone === 'good' || cell.tone === 'bad' ? `**${text}**` : text
}

function chartLines({ title, draw, hasTable, courses = [] }: Chart): string[] {
  if (hasTable === true) return []
  const { summary, table }: BuiltChart = draw(chartTheme('light'))
  const heading = `**${escaped(title)}**`
  if (courses.length > 0) {
    const rows = courses.map(({ name, values, now }) => [name, sparkline(values), now])
    return [heading, tableLines({ columns: ['Variant', 'Course, each on its own scale', 'Latest'], rows })]
  }
  const isShort = table.rows.length > 0 && table.rows.length <= MOST_CHART_ROWS
  return [heading, isShort ? tableLines(table) : escaped(summary)]
}
