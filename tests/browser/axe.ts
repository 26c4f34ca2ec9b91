import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const source = readFile(AXE, 'utf8')

interface Found {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const EVERYTHING = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** Rules whose answer depends on colours. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** What breaks WCAG 2.0 to 2.2, levels A and AA, as far as axe can tell; or colours alone. */
export async function violations(page: Page, looksAt: 'everything' | 'colours'): Promise<string[]> {
  // Through the debugger's door: the pages' policy lets no other script in.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(await source)
  return page.evaluate(
    async (runOnly) => {
      const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Found[] }> } }
      const found = await axe.run({ runOnly, resultTypes: ['violations'] })
      return found.violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 300)}\n${failureSummary}`),
      )
    },
    looksAt === 'everything' ? EVERYTHING : COLOURS,
  )
}
