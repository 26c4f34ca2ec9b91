import { Helios } from '@helios/engine'

const helios = await Helios.open() // pass { path: 'helios.db' } to keep the data
await helios.experiments.create({
  key: 'greeting-tone',
  variants: [
    { key: 'calm', control: true, payload: 'Hello.' },
    { key: 'warm', payload: 'Good to see you!' },
  ],
  metrics: { primary: ['satisfaction_rating'] },
})
await helios.experiments.start('greeting-tone')

for (let user = 1; user <= 500; user++) {
  const unit = `user-${user}`
  const decision = helios.decide('greeting-tone', { unit }) // synchronous, no I/O
  await helios.expose(decision) // when the value is used
  const value = (decision.variant === 'warm' ? 0.7 : 0.6) + 0.3 * Math.sin(user)
  await helios.observe([
    { id: crypto.randomUUID(), unit, metric: 'satisfaction_rating', value: Math.min(1, value) },
  ])
}

const { units, metrics } = await helios.analyse('greeting-tone')
const warm = metrics['satisfaction_rating']?.comparisons['warm']
if (warm?.status === 'ok') {
  const { estimate, low, high } = warm.absolute
  console.log(
    `${units} users; warm − calm = ${estimate.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], ${warm.method}`,
  )
}
await helios.close()
