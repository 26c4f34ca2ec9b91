export default function ExperimentPage({
  experimentKey,
}: {
  readonly experimentKey: string
  readonly tab: string | undefined
}) {
  return <>{experimentKey}</>
}
