import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { SettingsCard } from './card.tsx'

const SCHEMES: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Automatic' },
]

export function AppearanceCard() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SettingsCard title="Appearance" lead="Kept in this browser. “Automatic” follows your system.">
      <SegmentedControl
        fullWidth
        aria-label="Colours"
        data={[...SCHEMES]}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      />
    </SettingsCard>
  )
}
