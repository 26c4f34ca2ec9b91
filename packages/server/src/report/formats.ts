import type { Report } from './report.ts'

export const REPORT_FORMATS = ['html', 'markdown', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

export const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  html: 'html',
  markdown: 'md',
  json: 'json',
}

/** The report as text; what draws it is loaded when it is wanted, since it takes longer than a server to start. */
export async function renderReport(report: Report, format: ReportFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  if (format === 'markdown') return (await import('./markdown/render.ts')).renderMarkdown(report)
  return (await import('./html/render.ts')).renderHtml(report)
}
