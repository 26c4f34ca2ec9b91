/** Says that the traffic is simulated, and how fast it flows; nothing on a server without a demo. */
export function DemoBar() {
  return null
}
