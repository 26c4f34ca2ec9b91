/** Lines to paste into a program or a terminal, to talk to this server. */

/** Stands where a secret is to be put in. */
export const KEY_PLACEHOLDER = 'hel_…'

/** Deciding, exposing and observing with the sdk. */
export function sdkLines(url: string, key: string = KEY_PLACEHOLDER): string {
  return `import { createClient } from '@helios/sdk'

const helios = createClient({
  url: '${url}',
  key: '${key}',
})
const { payload } = helios.use('greeting', { unit: 'user-42' })
helios.observe({
  unit: 'user-42', metric: 'satisfaction_rating', value: 0.9,
})`
}

/** Asks for the variant of a unit; without a key in the line, from HELIOS_KEY. */
export function decideLines(url: string, key = '$HELIOS_KEY'): string {
  return `curl -s ${url}/v1/decide \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"experiment": "greeting", "unit": "user-42"}'`
}

/** Sends what happened. */
export function observeLines(url: string, key = '$HELIOS_KEY'): string {
  return `curl -s ${url}/v1/events \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '[{"id": "rating-1", "unit": "user-42",
        "metric": "satisfaction_rating", "value": 0.9}]'`
}

/** Reads what is running. */
export function readLines(url: string, key = '$HELIOS_KEY'): string {
  return `curl -s ${url}/v1/overview \\
  -H "Authorization: Bearer ${key}"`
}

export function prometheusLines(host: string): string {
  return `scrape_configs:
  - job_name: helios
    authorization: { credentials_file: /etc/prometheus/helios-key }
    static_configs: [{ targets: ['${host}'] }]`
}
