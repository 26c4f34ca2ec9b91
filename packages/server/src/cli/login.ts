import type { Command } from 'commander'
import colours from 'picocolors'
import { LOGIN_LINK_MINUTES, loginUrl } from '../sessions/login-links.ts'
import { callApi, serverOf, USUAL_URL } from './api.ts'
import { print, printJson } from './output.ts'

interface Flags {
  readonly url?: string
  readonly key?: string
  readonly name?: string
  readonly json?: boolean
}

interface Link {
  readonly url: string
  readonly expiresAt: number
}

const EXAMPLES = `
Examples:
  helios login
  helios login --name Ada
  helios login --url https://helios.example.com --json

Exit: 0 the link is printed, 1 the server refused, 2 no server or no key.`

export function registerLogin(program: Command): void {
  program
    .command('login')
    .description('Print a link that signs you in to the dashboard of the running server, once')
    .option('--url <address>', `running server (default: HELIOS_URL, else ${USUAL_URL})`)
    .option('--key <secret>', 'admin key (default: HELIOS_KEY, which other users of the machine cannot see)')
    .option('--name <name>', 'who signs in; named in the audit log (default: owner)')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(login)
}

async function login({ name, json = false, ...where }: Flags): Promise<void> {
  const server = serverOf(where)
  const made = await callApi<Link>(server, 'POST', '/v1/login-links', name === undefined ? {} : { name })
  const link: Link = { url: reachable(made.url, server.url), expiresAt: made.expiresAt }
  if (json) return printJson(link)
  print(`\n  ${colours.bold('Open the dashboard:')}\n  ${colours.cyan(link.url)}`)
  print(colours.dim(`  Signs you in, once, within ${LOGIN_LINK_MINUTES} minutes.\n`))
}

/** The server knows where it listens, and we know where it was reached: through a proxy, say. */
function reachable(made: string, serverUrl: string): string {
  return loginUrl(serverUrl.replace(/\/+$/, ''), new URL(made).hash.slice(1))
}
