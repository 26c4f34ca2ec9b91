import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { useSession } from '../../api/queries.ts'
import { ChangeButton } from '../../parts/change-button.tsx'

const ADDRESS = '/new'

/** A link for those who may create, so that it opens in a new tab too; a button with the reason for others. */
export function NewExperiment({ label = 'New experiment' }: { readonly label?: string }) {
  const { data: session } = useSession()
  const [, navigate] = useLocation()
  const icon = <IconPlus size={18} aria-hidden />
  if (session?.scopes.includes('admin')) {
    return (
      <Button component={Link} href={ADDRESS} leftSection={icon}>
        {label}
      </Button>
    )
  }
  return (
    <ChangeButton leftSection={icon} onClick={() => navigate(ADDRESS)}>
      {label}
    </ChangeButton>
  )
}
