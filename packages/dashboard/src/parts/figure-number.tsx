import { Explained } from './explained.tsx'

interface Props {
  /** As text, made by the formats of charts. */
  readonly value: string
  /** How the number was obtained, in one or two sentences. */
  readonly method: string
}

/** A number that says how it was obtained, by mouse, keyboard and touch. */
export function NumberWithMethod({ value, method }: Props) {
  return (
    <Explained how={method}>
      <span className="number">{value}</span>
    </Explained>
  )
}
