import { Skeleton } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { PageTitle } from '../../parts/page-title.tsx'
import { Failure } from '../../parts/states.tsx'
import { AppearanceCard } from './appearance-card.tsx'
import { ConnectCard } from './connect-card.tsx'
import { HelpCard } from './help-card.tsx'
import { ServerCard, StoreCard, useLiveOverview } from './server-cards.tsx'
import { SessionCard } from './session-card.tsx'
import classes from './settings.module.css'

/** What runs here, how to talk to it, and how these pages look. */
export default function SettingsPage() {
  useDocumentTitle('Settings · Helios')
  const { data: overview, error, isPending, refetch } = useLiveOverview()
  return (
    <>
      <PageTitle
        title="Settings"
        lead="What runs here, how to talk to it, and how these pages look to you."
      />
      <div className={classes.columns}>
        {overview === undefined && !isPending ? (
          <div className={classes.wide}>
            <Failure error={error} onRetry={() => void refetch()} />
          </div>
        ) : null}
        <div className={classes.column}>
          {overview ? <ServerCard overview={overview} /> : null}
          {isPending ? (
            <Skeleton h={332} radius="lg" role="status" aria-label="Loading the numbers of the server" />
          ) : null}
          <AppearanceCard />
        </div>
        <div className={classes.column}>
          {overview ? <StoreCard overview={overview} /> : null}
          {isPending ? <Skeleton h={250} radius="lg" /> : null}
          <SessionCard />
        </div>
        <div className={classes.wide}>
          <ConnectCard />
          <HelpCard />
        </div>
      </div>
    </>
  )
}
