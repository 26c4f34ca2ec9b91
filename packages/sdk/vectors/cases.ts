/** The questions behind `assignment.json`; `generate.ts` adds the answers. */
import {
  type AttributeValue,
  type ComparisonOperator,
  type Condition,
  type DecideOptions,
  type ExperimentDefinition,
  type Json,
  POINTS,
  type Slot,
  shareToBound,
  slotsFromWeights,
  type Weights,
} from '../src/index.ts'

const FILLER = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const everyLength = (longest: number): string[] =>
  Array.from({ length: longest + 1 }, (_, n) => FILLER.slice(0, n))

/** Every length twice, under salts whose prefix fills 16-byte blocks partly and exactly. */
const lengths = ['greeting-tone@1/variant', 'aligned-to-16@1'].flatMap((salt) =>
  everyLength(40).map((unit) => ({ salt, unit })),
)

const saltLengths = everyLength(40).map((salt) => ({ salt, unit: 'u42' }))

const sequential = Array.from({ length: 60 }, (_, n) => ({
  salt: n % 2 === 0 ? 'subject-line@3/coverage' : 'subject-line@3/variant',
  unit: `user-${1000 + Math.floor(n / 2)}`,
}))

const TEXTS = [
  ' ',
  'a/b',
  'greeting-tone@1/variant/u42',
  'jose\u0301',
  'jos\u00e9',
  'Z\u00fcrich-B\u00f6rse',
  '\u00df',
  '\u0391\u03b8\u03ae\u03bd\u03b1',
  '\u041c\u043e\u0441\u043a\u0432\u0430',
  '\u05e9\u05dc\u05d5\u05dd',
  '\u6771\u4eac\u90fd\u5343\u4ee3\u7530\u533a',
  '\ud55c\uad6d\uc5b4',
  '\u0000',
  '\u007f\u0080',
  '\ufeff',
  '\uffff',
  '\u{1f600}',
  'ok \u{1f44d}\u{1f3fd}',
  '\u{1f469}\u200d\u{1f680}',
  '\u{10ffff}',
  'x'.repeat(255),
  '\u00e9'.repeat(200),
  '01920000-0000-7000-8000-000000000000',
  'name+tag@example.org',
]

const texts = TEXTS.flatMap((text) => [
  { salt: 'greeting-tone@1/variant', unit: text },
  { salt: text, unit: 'u42' },
])

export const points: readonly { salt: string; unit: string }[] = [
  ...lengths,
  ...saltLengths,
  ...sequential,
  ...texts,
]

/** Units that are not well-formed text, as UTF-16 code units, since many JSON readers refuse them. */
export const brokenUnits: readonly { salt: string; utf16: readonly number[] }[] = [
  [0xd83d],
  [0xde00],
  [0x61, 0xd800, 0x62],
  [0xde00, 0xd83d],
  [0xd83d, 0xd83d, 0xde00],
].map((utf16) => ({ salt: 'greeting-tone@1/variant', utf16 }))

export const shares: readonly number[] = [0, 1e-10, 0.0001, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.999999, 1]

const thousandth = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`v${n}`, 1 + n / 1000]))

export const layouts: readonly { variants: readonly string[]; weights: Weights }[] = [
  { variants: ['only'], weights: { only: 7 } },
  { variants: ['a', 'b'], weights: { a: 1, b: 1 } },
  { variants: ['b', 'a'], weights: { a: 1, b: 1 } },
  { variants: ['a', 'b', 'c'], weights: { a: 1, b: 1, c: 1 } },
  { variants: ['c', 'b', 'a'], weights: { a: 1, b: 1, c: 1 } },
  { variants: ['a', 'off', 'b'], weights: { a: 0.9, off: 0, b: 0.1 } },
  { variants: ['a', 'absent', 'b'], weights: { a: 2, b: 1 } },
  { variants: ['rare', 'common'], weights: { rare: 1e-9, common: 1 } },
  { variants: ['vanishing', 'common'], weights: { vanishing: 1e-12, common: 1 } },
  { variants: ['a', 'b'], weights: { a: 1e308, b: 1e308 } },
  { variants: Object.keys(thousandth), weights: thousandth },
]

const thirds = slotsFromWeights(['a', 'b', 'c'], { a: 1, b: 1, c: 1 })
const halves = slotsFromWeights(['a', 'b'], { a: 1, b: 1 })

export const reallocations: readonly { previous: readonly Slot[]; weights: Weights }[] = [
  { previous: halves, weights: { a: 1, b: 1 } },
  { previous: halves, weights: { a: 1, b: 9 } },
  { previous: halves, weights: { a: 1 } },
  { previous: halves, weights: { a: 1, b: 1, new: 1 } },
  { previous: thirds, weights: { a: 0, b: 1, c: 1 } },
  { previous: thirds, weights: { a: 2, b: 1, c: 1 } },
  { previous: thirds, weights: { a: 0.5, b: 1, c: 1.5 } },
  { previous: thirds, weights: { a: 1, b: 1, c: 1, d: 1 } },
  { previous: thirds, weights: { d: 1, e: 2 } },
]

const base: ExperimentDefinition = {
  key: 'greeting-tone',
  version: 4,
  status: 'running',
  unit: 'user',
  salt: 'greeting-tone@2',
  variants: [
    { key: 'plain', payload: { tone: 'neutral' } },
    { key: 'warm', payload: { tone: 'warm', emoji: true } },
    { key: 'brisk', payload: null },
  ],
  control: 'plain',
  slots: slotsFromWeights(['plain', 'warm', 'brisk'], { plain: 2, warm: 1, brisk: 1 }),
  coverage: POINTS,
  sticky: false,
}

const adult: Condition = {
  all: [
    { attribute: 'country', operator: 'in', value: ['DE', 'AT', 'CH'] },
    { not: { attribute: 'age', operator: 'lessThan', value: 18 } },
  ],
}

export const definitions: Readonly<Record<string, ExperimentDefinition>> = {
  base,
  half: { ...base, coverage: shareToBound(0.5) },
  audience: { ...base, audience: adult },
  layer: {
    ...base,
    layer: {
      key: 'homepage',
      ranges: [
        { from: 0, to: 2 ** 30 },
        { from: 2 ** 31, to: 3 * 2 ** 30 },
      ],
    },
  },
  holdout: { ...base, holdout: { key: '2026', bound: shareToBound(0.4) } },
  forced: { ...base, status: 'paused', forced: { qa: 'warm', typo: 'no-such-variant' } },
  sticky: {
    ...base,
    sticky: true,
    audience: adult,
    slots: slotsFromWeights(['plain', 'warm'], { plain: 3, warm: 1 }),
  },
  policy: {
    ...base,
    policyVersion: 17,
    slots: [
      { from: 0, to: 3 * 2 ** 30, variant: 'warm' },
      { from: 3 * 2 ** 30, to: POINTS, variant: 'plain' },
    ],
  },
  completed: { ...base, status: 'completed', shipped: 'warm' },
  cancelled: { ...base, status: 'cancelled', shipped: 'warm' },
}

interface Question extends DecideOptions {
  readonly definition: string
  readonly unit: string
}

const fewUnits = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'Zo\u00eb', '\u{1f600}']

const asked = (definition: string, units: readonly string[], options: DecideOptions = {}): Question[] =>
  units.map((unit) => ({ definition, unit, ...options }))

export const decisions: readonly Question[] = [
  ...['base', 'half', 'layer', 'holdout', 'policy'].flatMap((name) => asked(name, fewUnits)),
  ...asked('audience', fewUnits, { attributes: { country: 'AT', age: 30 } }),
  ...asked('audience', ['u1'], { attributes: { country: 'FR', age: 30 } }),
  ...asked('audience', ['u1'], { attributes: { country: 'DE', age: 17 } }),
  ...asked('audience', ['u1'], { attributes: { country: 'DE' } }),
  ...asked('audience', ['u1']),
  ...asked('forced', ['qa', 'typo', 'u1']),
  ...asked('forced', ['qa', 'u1'], { forced: 'brisk' }),
  ...asked('base', ['u1'], { forced: 'no-such-variant' }),
  ...asked('base', ['u1'], { sticky: 'warm' }),
  ...asked('sticky', ['u1', 'u2'], { sticky: 'warm' }),
  ...asked('sticky', ['u1'], { sticky: 'no-such-variant' }),
  ...asked('sticky', ['u1'], { sticky: 'no-such-variant', attributes: { country: 'CH', age: 18 } }),
  ...asked('completed', ['u1', 'u2']),
  ...asked('cancelled', ['u1']),
]

type Comparison = readonly [operator: ComparisonOperator, value: Json, actual: AttributeValue]

const COMPARISONS: readonly Comparison[] = [
  ['equals', 'DE', 'DE'],
  ['equals', 'DE', 'de'],
  ['equals', 1, '1'],
  ['equals', true, true],
  ['equals', 'a', ['a']],
  ['equals', 'DE', null],
  ['notEquals', 'DE', 'FR'],
  ['notEquals', 'DE', null],
  ['in', ['DE', 1], 1],
  ['in', ['DE', 1], '1'],
  ['in', [], 'DE'],
  ['notIn', ['DE'], 'FR'],
  ['notIn', ['DE'], null],
  ['greaterThan', 18, 18],
  ['greaterThan', 18, 18.5],
  ['greaterThan', 18, '19'],
  ['greaterOrEqual', 18, 18],
  ['lessThan', 18, 17],
  ['lessThan', 18, null],
  ['lessOrEqual', 18, 18],
  ['contains', 'beta', ['alpha', 'beta']],
  ['contains', 'bet', ['alpha', 'beta']],
  ['contains', 'bet', 'alphabet'],
  ['contains', '1', 1],
  ['notContains', 'beta', ['alpha']],
  ['notContains', 'beta', null],
  ['startsWith', 'de-', 'de-AT'],
  ['endsWith', '@example.org', 'a@example.org'],
  ['endsWith', '@example.org', 'a@example.com'],
  ['exists', true, ''],
  ['exists', true, null],
  ['exists', false, null],
  ['exists', false, 0],
  ['versionAtLeast', '2.10.0', '2.9.9'],
  ['versionAtLeast', '2.10', '2.10.0'],
  ['versionAtLeast', '2.10.0', '2.10.0-rc.1'],
  ['versionAtLeast', '1.0.0-beta.2', '1.0.0-beta.11'],
  ['versionAtLeast', '1.0.0-beta', '1.0.0-1'],
  ['versionAtLeast', '1.0.0', '1.0.0+build.5'],
  ['versionAtLeast', '1.0.0', 'v1.0.0'],
  ['versionBelow', '2.0.0', '2.0.0-alpha'],
  ['versionBelow', '2.0.0', 'not a version'],
  ['versionBelow', '2.0.0', null],
]

const compared = COMPARISONS.map(([operator, value, actual]) => ({
  condition: { attribute: 'x', operator, value },
  attributes: { x: actual },
}))

export const conditions: readonly {
  condition: Condition
  attributes: Readonly<Record<string, AttributeValue>>
}[] = [
  ...compared,
  { condition: { all: [] }, attributes: {} },
  { condition: { any: [] }, attributes: {} },
  { condition: { not: { any: [] } }, attributes: {} },
  { condition: { attribute: '__proto__', operator: 'exists', value: true }, attributes: {} },
  { condition: { attribute: 'toString', operator: 'exists', value: true }, attributes: {} },
  { condition: adult, attributes: { country: 'DE', age: 18 } },
  { condition: adult, attributes: { country: 'DE', age: 17 } },
]
