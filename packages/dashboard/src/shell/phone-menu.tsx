import { Drawer } from '@mantine/core'
import { useRef } from 'react'
import { Brand } from './brand.tsx'
import { DemoBar } from './demo-bar.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'
import { useOpenAfterMount } from './use-open-after-mount.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onShowTruth: () => void
}

/** The places on a narrow screen: focus stays inside until one is chosen or Escape closes it. */
export default function PhoneMenu({ isOpen, onClose, onShowTruth }: Props) {
  const wantsTruth = useRef(false)
  // One window after the other, so that focus finds its way back to the button of the menu.
  const leaveForTruth = () => {
    wantsTruth.current = true
    onClose()
  }
  const afterLeaving = () => {
    if (wantsTruth.current) onShowTruth()
    wantsTruth.current = false
  }
  return (
    <Drawer
      opened={useOpenAfterMount(isOpen)}
      onClose={onClose}
      onExitTransitionEnd={afterLeaving}
      size={288}
      hiddenFrom="sm"
      title={<Brand />}
      closeButtonProps={{ 'aria-label': 'Close menu' }}
      transitionProps={{ duration: 150 }}
      classNames={{ content: classes.drawer, header: classes.drawer, body: classes.drawerBody }}
    >
      <Navigation onChoose={onClose} />
      <DemoBar onShowTruth={leaveForTruth} />
    </Drawer>
  )
}
