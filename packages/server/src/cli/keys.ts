import { HeliosError } from '@helios/engine'
import type { ApiKey, Scope } from '@helios/sdk'
import type { Command } from 'commander'
import colours from 'picocolors'
import { SCOPES } from '../keys/api-key.ts'
import { serverOf, USUAL_URL } from './api.ts'
import type { KeyAdministration } from './keys/administration.ts'
import { print, printJson, table } from './output.ts'

interface Where {
  readonly url?: string
  readonly key?: string
  readonly path?: string
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  helios keys create --name "checkout service" --scopes decide,ingest
  helios keys list --json
  helios keys revoke 3f9a01c2
  helios keys create --name me --scopes admin --path helios.db     (no server running)`

export function registerKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('Make, list and revoke API keys')
    .addHelpText('after', EXAMPLES)
  withWhere(keys.command('create'))
    .description('Make a key; its secret is printed once')
    .requiredOption('--name <name>', 'who uses it; named in the audit log')
    .requiredOption('--scopes <scopes>', `separated by commas: ${SCOPES.join(', ')}`)
    .action(create)
  withWhere(keys.command('list')).description('All keys, revoked ones included').action(list)
  withWhere(keys.command('revoke'))
    .description('Revoke a key, at once and for good')
    .argument('<id>', 'the eight digits in the secret')
    .action(revoke)
}

function withWhere(command: Command): Command {
  return command
    .option('--url <address>', `running server (default: HELIOS_URL, else ${USUAL_URL})`)
    .option('--key <secret>', 'admin key (default: HELIOS_KEY, which other users of the machine cannot see)')
    .option('--path <file>', 'store file, when no server runs')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
}

async function create({ name, scopes, ...where }: Where & { name: string; scopes: string }): Promise<void> {
  const made = await using(where, (keys) => keys.create(name, readScopes(scopes)))
  if (where.json) return printJson(made)
  print(`${colours.green('✓')} ${describe(made.key)}\n\n  ${colours.bold(made.secret)}\n`)
  print(colours.dim('  Shown this once; only a hash is kept.'))
}

async function list(where: Where): Promise<void> {
  const keys = await using(where, (administration) => administration.list())
  if (where.json) return printJson(keys)
  const rows = keys.map(({ id, name, scopes, createdAt, revokedAt }) => [
    id,
    name,
    scopes.join(', '),
    dayOf(createdAt),
    revokedAt === undefined ? 'active' : `revoked ${dayOf(revokedAt)}`,
  ])
  print(table(['ID', 'NAME', 'SCOPES', 'MADE', 'STATE'], rows))
}

async function revoke(id: string, where: Where): Promise<void> {
  const key = await using(where, (keys) => keys.revoke(id))
  if (where.json) return printJson(key)
  print(`${colours.green('✓')} ${describe(key)} is revoked`)
}

async function using<T>(where: Where, work: (keys: KeyAdministration) => Promise<T>): Promise<T> {
  const keys = await administrationOf(where)
  try {
    return await work(keys)
  } finally {
    await keys.close()
  }
}

async function administrationOf(where: Where): Promise<KeyAdministration> {
  if (where.path !== undefined) return (await import('./keys/local.ts')).localKeys(where.path)
  const { remoteKeys } = await import('./keys/remote.ts')
  return remoteKeys(serverOf(where))
}

function readScopes(text: string): Scope[] {
  return text.split(',').map((part) => {
    const scope = SCOPES.find((one) => one === part.trim())
    if (scope) return scope
    throw new HeliosError('HEL_USAGE', {
      problem: `"${part.trim()}" is no scope; there are ${SCOPES.join(', ')}`,
    })
  })
}

function describe({ id, name, scopes }: ApiKey): string {
  return `Key ${id} "${name}" (${scopes.join(', ')})`
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
