import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { segment } from '../../../api/request.ts'

/** To a page of its own that can be saved, printed and mailed; the server writes it. */
export function ReportLink({ experimentKey }: { readonly experimentKey: string }) {
  return (
    <Button
      component="a"
      href={`/v1/experiments/${segment(experimentKey)}/report?format=html`}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconFileText size={17} aria-hidden />}
    >
      Report
    </Button>
  )
}
