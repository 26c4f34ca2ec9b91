import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Who may import whom, as data. A room is a set of files; a file may import from its own room, where the
 * rule says so, and from the rooms named here. Test files may import anything.
 */

const ROOT = path.resolve(import.meta.dirname, '..')
const ENGINE = 'packages/engine/src'

interface Room {
  readonly name: string
  /** First match wins. */
  readonly holds: RegExp
  readonly mayImport: readonly string[]
  /** Packages from outside that are allowed here. */
  readonly packages?: readonly (string | RegExp)[]
  /** Whether files of the room may import each other; default yes. */
  readonly siblings?: boolean
}

const NODE = /^node:/

const ROOMS: readonly Room[] = [
  { name: 'sdk', holds: /^packages\/sdk\/src\//, mayImport: [] },
  { name: 'base', holds: engine('(errors|clock|random|serial)'), mayImport: [] },
  {
    name: 'nouns',
    holds: engine(
      '(allocation|analysis|built-in-metrics|dimensions|event-batch|experiment|layer|life-cycle|metric|unit|validate|variant)',
    ),
    mayImport: ['sdk', 'base', 'estimator'],
    packages: [/^typebox/],
  },
  { name: 'statistics', holds: engineFolder('statistics'), mayImport: ['base'] },
  {
    name: 'estimator',
    holds: engine('(effect-source|estimator|posterior|proportion-test|read-once|sample-test)'),
    mayImport: ['sdk', 'nouns', 'statistics', 'base'],
  },
  {
    name: 'trust',
    holds: engineFolder('trust'),
    mayImport: ['sdk', 'nouns', 'estimator', 'statistics', 'base'],
  },
  {
    name: 'checkup',
    holds: engineFolder('checkup'),
    mayImport: ['sdk', 'nouns', 'estimator', 'trust', 'projection', 'statistics', 'base'],
  },
  {
    name: 'posteriors',
    holds: engineFolder('posteriors'),
    mayImport: ['estimator', 'nouns', 'statistics', 'base'],
    siblings: false,
  },
  {
    name: 'estimators',
    holds: engineFolder('estimators'),
    mayImport: ['estimator', 'nouns', 'statistics', 'base'],
    siblings: false,
  },
  {
    name: 'sample tests',
    holds: engineFolder('sample-tests'),
    mayImport: ['estimator', 'nouns', 'statistics', 'base'],
    siblings: false,
  },
  { name: 'policy', holds: engine('policy'), mayImport: ['nouns', 'base'] },
  {
    name: 'policies',
    holds: engineFolder('policies'),
    mayImport: ['policy', 'nouns', 'statistics', 'base'],
    siblings: false,
  },
  { name: 'storage', holds: engine('storage'), mayImport: ['nouns', 'base'] },
  {
    name: 'sqlite',
    holds: engineFolder('storage/sqlite'),
    mayImport: ['storage', 'nouns', 'base'],
    packages: [NODE],
  },
  {
    name: 'storage drivers',
    holds: engineFolder('storage'),
    mayImport: ['storage', 'sqlite', 'nouns', 'base'],
    siblings: false,
  },
  {
    name: 'projection',
    holds: engineFolder('projection'),
    mayImport: ['nouns', 'statistics', 'storage', 'base'],
  },
  { name: 'ingestion', holds: engineFolder('ingestion'), mayImport: ['nouns', 'base'] },
  {
    name: 'verbs',
    holds: engine(
      '(analyse|batch-writer|compare-variants|decide|experiments|expose|guarded-registry|history|judge-sample|live-state|looks-taken|metrics|observe|planned-looks|readings|sample-ratio-check|segments|standing|summaries|summarise|traffic)',
    ),
    mayImport: [
      'sdk',
      'nouns',
      'estimator',
      'policy',
      'storage',
      'statistics',
      'projection',
      'ingestion',
      'trust',
      'checkup',
      'base',
    ],
  },
  {
    name: 'table',
    holds: engineFolder('table'),
    mayImport: ['sdk', 'verbs', 'nouns', 'estimator', 'statistics', 'projection', 'base'],
    packages: ['udsv', NODE],
  },
  {
    name: 'loop',
    holds: engine('loop'),
    mayImport: [
      'sdk',
      'verbs',
      'nouns',
      'estimator',
      'policy',
      'storage',
      'projection',
      'ingestion',
      'trust',
      'checkup',
      'base',
    ],
  },
  {
    name: 'testing',
    holds: engineFolder('testing'),
    mayImport: ['nouns', 'estimator', 'policy', 'storage', 'base'],
    packages: ['vitest', 'fast-check'],
  },
  {
    name: 'defaults',
    holds: engine('(defaults|methods)'),
    mayImport: [
      'loop',
      'verbs',
      'nouns',
      'estimator',
      'estimators',
      'posteriors',
      'sample tests',
      'table',
      'policy',
      'policies',
      'storage',
      'storage drivers',
      'base',
    ],
  },
  {
    name: 'engine index',
    holds: engine('index'),
    mayImport: [
      'defaults',
      'loop',
      'verbs',
      'trust',
      'checkup',
      'nouns',
      'estimator',
      'policy',
      'storage',
      'storage drivers',
      'table',
      'statistics',
      'base',
    ],
  },
  {
    name: 'server',
    holds: /^packages\/server\/src\//,
    mayImport: ['sdk', 'engine index', 'charts'],
    packages: [/.*/],
  },
  { name: 'charts', holds: /^packages\/charts\/src\//, mayImport: ['sdk'], packages: [/^echarts/] },
  {
    name: 'dashboard',
    holds: /^packages\/dashboard\/src\//,
    mayImport: ['sdk', 'charts'],
    packages: [/^react/, /^@mantine\//, /^@tabler\//, '@tanstack/react-query', /^wouter/, /^echarts/],
  },
]

function engine(names: string): RegExp {
  return new RegExp(`^${ENGINE}/${names}\\.ts$`)
}

function engineFolder(name: string): RegExp {
  return new RegExp(`^${ENGINE}/${name}/`)
}

interface Import {
  readonly from: string
  readonly specifier: string
  /** Project file that is imported; undefined for a package. */
  readonly target: string | undefined
}

const files = readdirSync(path.join(ROOT, 'packages'), { recursive: true, encoding: 'utf8' })
  .map((file) => `packages/${file.replaceAll('\\', '/')}`)
  .filter(
    (file) => /\/src\/.*\.tsx?$/.test(file) && !file.includes('node_modules') && !/\.test\.tsx?$/.test(file),
  )
const contents = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))
const WORKSPACE: Readonly<Record<string, string>> = {
  '@helios/sdk': 'packages/sdk/src/index.ts',
  '@helios/engine': `${ENGINE}/index.ts`,
  '@helios/engine/testing': `${ENGINE}/testing/index.ts`,
  '@helios/server': 'packages/server/src/index.ts',
  '@helios/charts': 'packages/charts/src/index.ts',
  '@helios/charts/format': 'packages/charts/src/format/index.ts',
  '@helios/charts/svg': 'packages/charts/src/svg.ts',
}

const IMPORT = /^(?:import|export|\})[^'\n]*\bfrom '([^'\n]+)'|^import '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm
/** Its own manifest, which a package reads for its version. */
const MANIFEST = /\/package\.json$/

const imports = files.flatMap((from): Import[] => {
  const source = stripComments(contents.get(from) as string)
  const specifiers = [...source.matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3]) as string)
  return specifiers.map((specifier) => ({ from, specifier, target: resolve(from, specifier) }))
})

function stripComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier)
  return WORKSPACE[specifier]
}

function roomOf(file: string): Room | undefined {
  return ROOMS.find((room) => room.holds.test(file))
}

describe('architecture', () => {
  it('finds the code that it is to judge', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(imports.length).toBeGreaterThan(100)
  })

  it('gives every file a room', () => {
    expect(files.filter((file) => !roomOf(file))).toEqual([])
  })

  it('lets no file import from a room that its own must not know', () => {
    const offences = imports.filter(
      ({ from, target }) => target && !MANIFEST.test(target) && !mayImport(from, target),
    )
    expect(offences.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([])
  })

  it('lets no room use packages that are not its own', () => {
    const offences = imports.filter(({ from, specifier, target }) => {
      const allowed = roomOf(from)?.packages ?? []
      return (
        !target &&
        !allowed.some((name) => (typeof name === 'string' ? name === specifier : name.test(specifier)))
      )
    })
    expect(offences.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([])
  })

  it('declares every package that is imported', () => {
    const offences = imports.filter(({ from, specifier, target }) => {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) return false
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
      if (
        target &&
        path.posix.join(...(from.split('/').slice(0, 2) as [string, string])) === packageOf(target)
      )
        return false
      const isTesting = roomOf(from)?.name === 'testing'
      return !isTesting && !(name in dependenciesOf(from))
    })
    expect(offences.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([])
  })

  it('has no import cycle', () => {
    expect(cycles()).toEqual([])
  })

  it('reads the environment, the time and chance in one place each', () => {
    const rules: readonly { readonly pattern: RegExp; readonly allowed: RegExp }[] = [
      { pattern: /process\.env\b/, allowed: /^packages\/server\/src\/environment\.ts$/ },
      {
        pattern: /\bDate\.now\(|\bnew Date\(\)|performance\.now\(/,
        allowed:
          /^packages\/(engine\/src\/clock|sdk\/src\/uuid|sdk\/src\/client\/platform|dashboard\/src\/lib\/time|server\/src\/.*)\.ts$/,
      },
      { pattern: /\bMath\.random\(/, allowed: /^$/ },
      {
        pattern: /getRandomValues|randomBytes/,
        allowed: /^packages\/(engine\/src\/random|sdk\/src\/uuid|server\/src\/.*)\.ts$/,
      },
    ]
    const offences = rules.flatMap(({ pattern, allowed }) =>
      files
        .filter((file) => !allowed.test(file) && pattern.test(stripComments(contents.get(file) as string)))
        .map((file) => `${file}: ${pattern}`),
    )
    expect(offences).toEqual([])
  })

  it('keeps the sdk free of dependencies and of Node', () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'packages/sdk/package.json'), 'utf8')) as Record<
      string,
      unknown
    >
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([])
  })
})

function mayImport(from: string, target: string): boolean {
  const [room, other] = [roomOf(from), roomOf(target)]
  if (!room || !other) return false
  if (room === other) return from === target || room.siblings !== false
  return room.mayImport.includes(other.name)
}

function packageOf(file: string): string {
  return file.split('/').slice(0, 2).join('/')
}

function dependenciesOf(file: string): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, packageOf(file), 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
    optionalDependencies?: Record<string, string>
    devDependencies?: Record<string, string>
  }
  // The dashboard is shipped as built files, which hold what they were made from.
  const bundled = packageOf(file) === 'packages/dashboard' ? manifest.devDependencies : {}
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...bundled }
}

/** Strongly connected components of more than one file (Tarjan 1972), by name. */
function cycles(): string[][] {
  const edges = new Map(
    files.map((file) => [
      file,
      imports.flatMap(({ from, target }) =>
        from === file && target && contents.has(target) ? [target] : [],
      ),
    ]),
  )
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string) => {
    index.set(file, index.size)
    low.set(file, index.get(file) as number)
    stack.push(file)
    for (const next of edges.get(file) ?? []) {
      if (!index.has(next)) visit(next)
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) as number, low.get(next) as number))
    }
    if (low.get(file) !== index.get(file)) return
    const component = stack.splice(stack.indexOf(file))
    if (component.length > 1) found.push(component)
  }
  for (const file of files) if (!index.has(file)) visit(file)
  return found
}
