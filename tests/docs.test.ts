import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const run = promisify(execFile)

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'packages/sdk/vectors/README.md'],
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
]
const textOf = (page: string) => readFileSync(path.join(ROOT, page), 'utf8')

describe('documents', () => {
  it.each(pages)('%s has no dead link to a file', (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(
      (match) => match[1] as string,
    )
    expect(targets.filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)))).toEqual([])
  })

  it('list every decision', () => {
    const listed = textOf('docs/decisions/README.md')
    const numbered = readdirSync(path.join(ROOT, 'docs/decisions')).filter((file) => /^\d{4}-/.test(file))
    expect(numbered.length).toBeGreaterThan(5)
    expect(numbered.filter((file) => !listed.includes(file))).toEqual([])
  })

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] as string),
    )
    expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([])
  })

  it('promise the test command that continuous integration runs', () => {
    const command = 'npm ci && npm test'
    expect(textOf('README.md')).toContain(`\n${command}\n`)
    expect(textOf('.ci/run').trimEnd().endsWith(`\n${command}`)).toBe(true)
  })
})

describe('examples', () => {
  it('in the README runs as it stands', async () => {
    const pieces = [...textOf('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(
      (match) => match[1] as string,
    )
    const code = pieces.find((piece) => piece.includes("from '@helios/engine'")) as string
    const parts = pieces.filter((piece) => piece !== code)
    const examples = readdirSync(path.join(ROOT, 'examples')).map((file) => textOf(`examples/${file}`))
    for (const part of parts) expect(examples.some((example) => example.includes(part))).toBe(true)
    const cache = path.join(ROOT, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    const directory = mkdtempSync(path.join(cache, 'readme-'))
    try {
      const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', code], {
        cwd: directory,
      })
      expect(stdout).toContain("status: 'ok'")
      expect(stdout).toContain('units: 1')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it.each(readdirSync(path.join(ROOT, 'examples')).filter((file) => file.endsWith('.ts')))(
    '%s runs',
    async (file) => {
      const { stdout } = await run(process.execPath, [path.join(ROOT, 'examples', file)])
      expect(stdout.length).toBeGreaterThan(10)
    },
  )
})
