/** One of the calls that show a newcomer the whole loop; the start page and the terminal print the same. */
export interface FirstCall {
  readonly title: string
  readonly explanation: string
  /** Shell lines that work as they are, with the key in HELIOS_KEY. */
  readonly command: string
}

const EXPERIMENT = {
  key: 'greeting',
  variants: [
    { key: 'calm', control: true, payload: 'Hello.' },
    { key: 'warm', payload: 'Good to see you!' },
  ],
  metrics: { primary: ['satisfaction_rating'] },
}
const DECIDE = { experiment: EXPERIMENT.key, unit: 'user-42', expose: true }
const EVENTS = [{ id: 'rating-1', unit: 'user-42', metric: 'satisfaction_rating', value: 0.9 }]

/**
 * @param url where the server is reached, without a slash at the end
 * @param width characters after which a line is broken
 */
export function firstCalls(url: string, width: number): readonly FirstCall[] {
  const post = (path: string, body: unknown): string =>
    postCommand(`${url}${path}`, readable(body, '  ', width))
  const analysis = `/v1/experiments/${EXPERIMENT.key}/analysis`
  return [
    {
      title: 'Create and start an experiment',
      explanation: 'Two greetings, half of the users each. The metric is built in.',
      command: `${post('/v1/experiments', EXPERIMENT)}\n${start(url)}`,
    },
    {
      title: 'Decide',
      explanation: 'The same user always gets the same greeting. Using it at once records the exposure.',
      command: post('/v1/decide', DECIDE),
    },
    {
      title: 'Send what happened',
      explanation: 'Answered when it is durable. Send it twice: it counts once.',
      command: post('/v1/events', EVENTS),
    },
    {
      title: 'Read the analysis',
      explanation: 'Differences with intervals, the method behind each number, and what would make it wrong.',
      command: lines(`curl -s ${AUTHORIZATION}`, `${url}${analysis}`),
    },
  ]
}

const AUTHORIZATION = '-H "Authorization: Bearer $HELIOS_KEY"'

function start(url: string): string {
  return lines(`curl -s -X POST ${AUTHORIZATION}`, `${url}/v1/experiments/${EXPERIMENT.key}/start`)
}

function postCommand(address: string, body: string): string {
  return lines(`curl -s ${AUTHORIZATION}`, '-H "Content-Type: application/json"', address, `-d '${body}'`)
}

/** One shell command over several lines. */
function lines(...parts: readonly string[]): string {
  return parts.join(' \\\n  ')
}

/** JSON that breaks lines only where one would be too long. */
function readable(value: unknown, indent: string, width: number): string {
  const text = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || indent.length + text.length <= width) return text
  const inner = `${indent}  `
  const isList = Array.isArray(value)
  const parts = Object.entries(value).map(
    ([key, part]) => `${inner}${isList ? '' : `"${key}": `}${readable(part, inner, width)}`,
  )
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}
