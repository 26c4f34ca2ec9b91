import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const guide = textOf('docs/guide/sdk.md')

it('every piece of code in the guide is part of an example, which the tests run', () => {
  const examples = readdirSync(path.join(ROOT, 'examples'))
    .filter((file) => file.startsWith('sdk-'))
    .map((file) => textOf(`examples/${file}`))
  const pieces = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] as string)
  expect(pieces.length).toBeGreaterThan(5)
  for (const piece of pieces) {
    expect(
      examples.some((example) => example.includes(piece)),
      piece,
    ).toBe(true)
  }
})

it('the guide and the code name the same errors', () => {
  const source = textOf('packages/sdk/src/client/errors.ts')
  const inCode = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map((match) => match[1])
  const inGuide = [...guide.slice(guide.indexOf('## Errors')).matchAll(/^\| `([a-z-]+)`/gm)].map(
    (match) => match[1],
  )
  expect(inCode.length).toBeGreaterThan(5)
  expect(inGuide).toEqual(inCode)
})

it('the main entry does not reach the storage of files', () => {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const [, target = ''] of textOf(file).matchAll(/ from '(\.[^']+)'/g)) {
      visit(path.posix.join(path.posix.dirname(file), target))
    }
  }
  visit('packages/sdk/src/index.ts')
  expect(reached.size).toBeGreaterThan(20)
  expect([...reached].filter((file) => /file-storage|open-feature/.test(file))).toEqual([])
})
