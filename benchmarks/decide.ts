/**
 * Claim: one decision takes at most a fifth of the time of the fastest peer.
 *
 * The same experiment and the same users in every library, in one process, in turns. Every library is first
 * shown to split the users in halves and to keep out those outside the audience, so that real work is timed.
 *
 *     node benchmarks/decide.ts [--json]
 */
import { POINTS } from '../packages/sdk/src/index.ts'
import { machine, median } from './measure.ts'
import { COUNTRY, type Contender, makeUsers, type User, VARIANTS } from './peers/contender.ts'
import { growthbook, growthbookInline } from './peers/growthbook.ts'
import { helios } from './peers/helios.ts'
import { forbidNetwork, installPeers, peerVersions } from './peers/install.ts'
import { optimizely } from './peers/optimizely.ts'
import { unleash, unleashDeprecated } from './peers/unleash.ts'

const USERS = 100_000
const WARM_UPS = 2
const ROUNDS = 9
const TURN_MILLISECONDS = 150
const CLAIMED_RATIO = 5

/** Microseconds per decision. */
interface Timing {
  readonly cpu: number
  readonly wall: number
}

interface Result {
  readonly name: string
  readonly shareOfFirstVariant: number
  /** Medians over the rounds. */
  readonly cpuMicroseconds: number
  readonly wallMicroseconds: number
  readonly fastestMicroseconds: number
  readonly slowestMicroseconds: number
  readonly decisionsPerSecond: number
  readonly ratio: number
}

async function makeContenders(): Promise<Contender[]> {
  return [
    helios('helios'),
    helios('helios, partial coverage', POINTS - 1),
    await unleashDeprecated(),
    await unleash(),
    await growthbookInline(),
    await growthbook(),
    await optimizely(),
  ]
}

/** Share of the first variant; throws unless both variants are given, and only within the audience. */
function verify({ name, decide }: Contender, users: readonly User[]): number {
  const counts = VARIANTS.map((variant) => users.filter((user) => decide(user) === variant).length)
  const [first = 0, second = 0] = counts
  // Five standard deviations of a fair coin: wrong once in 1.7 million runs.
  const tolerance = 2.5 * Math.sqrt(users.length)
  if (Math.abs(first - users.length / 2) > tolerance || first + second < users.length - 1) {
    throw new Error(`${name} does not split the users in halves: ${counts.join(' and ')}`)
  }
  const strangers = makeUsers(100, 'FR').map(decide)
  if (strangers.some((variant) => VARIANTS.includes(variant as never)))
    throw new Error(`${name} has no audience`)
  return first / users.length
}

/**
 * One untimed pass takes the garbage and the cold caches that the turn before left behind. Then passes for
 * at least `TURN_MILLISECONDS`, so that a disturbance weighs the same for a fast library as for a slow one.
 */
function time({ decide }: Contender, users: readonly User[]): Timing {
  let first = pass(decide, users)
  let decisions = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  while (performance.now() - start < TURN_MILLISECONDS) {
    first += pass(decide, users)
    decisions += users.length
  }
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  // Without a use of the answers, a compiler may leave the decisions out.
  if (first === 0) throw new Error('No decision was made')
  return { cpu: (user + system) / decisions, wall: (milliseconds * 1000) / decisions }
}

function pass(decide: Contender['decide'], users: readonly User[]): number {
  let first = 0
  for (const user of users) if (decide(user) === VARIANTS[0]) first++
  return first
}

/** Each round begins with another contender, so that none always follows the same neighbour. */
function play(contenders: readonly Contender[], users: readonly User[]): Map<Contender, Timing[]> {
  const timings = new Map(contenders.map((contender) => [contender, [] as Timing[]]))
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (turn + round + WARM_UPS) % contenders.length
      const contender = contenders[at] as Contender
      const timing = time(contender, users)
      if (round >= 0) timings.get(contender)?.push(timing)
    }
  }
  return timings
}

function summarise(name: string, share: number, timings: readonly Timing[], baseline: number): Result {
  const cpu = timings.map((timing) => timing.cpu)
  return {
    name,
    shareOfFirstVariant: share,
    cpuMicroseconds: median(cpu),
    wallMicroseconds: median(timings.map((timing) => timing.wall)),
    fastestMicroseconds: Math.min(...cpu),
    slowestMicroseconds: Math.max(...cpu),
    decisionsPerSecond: 1e6 / median(cpu),
    ratio: median(cpu) / baseline,
  }
}

async function measure(): Promise<Result[]> {
  const users = makeUsers(USERS, COUNTRY)
  const contenders = await makeContenders()
  const shares = new Map(contenders.map((contender) => [contender, verify(contender, users)]))
  const timings = play(contenders, users)
  for (const contender of contenders) await contender.close()
  const cpuOf = (contender: Contender) => median((timings.get(contender) ?? []).map(({ cpu }) => cpu))
  const baseline = cpuOf(contenders[0] as Contender)
  return contenders.map((contender) =>
    summarise(contender.name, shares.get(contender) ?? 0, timings.get(contender) ?? [], baseline),
  )
}

function print(results: readonly Result[], ratio: number): void {
  console.log(machine())
  console.log(`${USERS} users, ${ROUNDS} rounds in turns, medians; CPU time unless wall is said\n`)
  console.log(
    `${'library'.padEnd(46)}${'µs'.padStart(8)}${'range'.padStart(16)}${'wall µs'.padStart(9)}${'decisions/s'.padStart(13)}${'ratio'.padStart(7)}`,
  )
  for (const result of results) console.log(line(result))
  console.log(
    `\nThe fastest peer takes ${ratio.toFixed(1)} times as long as Helios; claimed: ${CLAIMED_RATIO} times.`,
  )
}

function line(result: Result): string {
  const range = `${result.fastestMicroseconds.toFixed(3)}–${result.slowestMicroseconds.toFixed(3)}`
  return [
    result.name.padEnd(46),
    result.cpuMicroseconds.toFixed(3).padStart(8),
    range.padStart(16),
    result.wallMicroseconds.toFixed(3).padStart(9),
    Math.round(result.decisionsPerSecond).toLocaleString('en').padStart(13),
    result.ratio.toFixed(1).padStart(7),
  ].join('')
}

installPeers()
const connectionAttempts = forbidNetwork()
const results = await measure()
if (connectionAttempts() > 0) throw new Error('A library tried to open a connection')
const ratio = Math.min(
  ...results.filter(({ name }) => !name.startsWith('helios')).map((result) => result.ratio),
)
const holds = ratio >= CLAIMED_RATIO
if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({
      machine: machine(),
      versions: peerVersions(),
      users: USERS,
      rounds: ROUNDS,
      results,
      ratio,
      holds,
    }),
  )
} else {
  print(results, ratio)
}
process.exitCode = holds ? 0 : 1
