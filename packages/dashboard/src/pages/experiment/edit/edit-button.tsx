import type { Experiment } from '@helios/sdk'
import { IconPencil } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { ChangeButton } from '../../../parts/change-button.tsx'

const EditDrawer = lazy(() => import('./edit-drawer.tsx'))

interface Props {
  readonly experiment: Experiment
  readonly children: ReactNode
  /** Field that the form begins with. */
  readonly focus?: 'dimensions'
}

/** Opens the form for what may be changed now; the form is loaded when it is asked for. */
export function EditButton({ experiment, children, focus }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ChangeButton
        variant="default"
        leftSection={<IconPencil size={17} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {children}
      </ChangeButton>
      {isOpen ? (
        <Suspense fallback={null}>
          <EditDrawer experiment={experiment} focus={focus} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
