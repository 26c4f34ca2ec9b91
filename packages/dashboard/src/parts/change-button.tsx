import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSession } from '../api/queries.ts'

interface Props extends ButtonProps {
  readonly children: ReactNode
  readonly onClick: () => void
  /** Why it cannot be done now, even by someone who may. */
  readonly whyNot?: string | undefined
}

/** A button that changes something: who may not sees it, and is told why it does nothing. */
export function ChangeButton({ children, onClick, whyNot, ...button }: Props) {
  const { data: session } = useSession()
  const isAdmin = session?.scopes.includes('admin') ?? false
  const reason = isAdmin ? whyNot : 'Your session can read only; changes need a key with the scope “admin”.'
  if (reason === undefined) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    )
  }
  // Not `disabled`: what is disabled cannot be focused, and its reason could not be read by keyboard.
  return (
    <Tooltip label={reason} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Button {...button} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  )
}
