import type { Experiment } from '@helios/sdk'
import { NumberInput, Stack, TagsInput, Textarea, TextInput, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMetrics } from '../../../api/queries.ts'
import { analysisFieldId } from '../../../parts/forms/analysis-draft.ts'
import { AnalysisSettingsField } from '../../../parts/forms/analysis-field.tsx'
import { AudienceField } from '../../../parts/forms/audience-field.tsx'
import { MetricRolesField } from '../../../parts/forms/metric-roles-field.tsx'
import { capital, pluralOf } from '../words.ts'
import { canEditVariants, type EditDraft } from './draft.ts'
import classes from './edit.module.css'
import { numberOf } from './number-of.ts'
import type { Problems } from './problems.ts'
import { VariantFields } from './variant-fields.tsx'
import { WeightFields } from './weight-fields.tsx'

interface Props {
  readonly draft: EditDraft
  readonly experiment: Experiment
  readonly problems: Problems
  readonly showsProblems: boolean
  readonly focus: 'dimensions' | undefined
  readonly onChange: (draft: EditDraft) => void
}

/** Numbers need little room; what explains them needs more. */
const NARROW = { wrapper: { maxWidth: 220 } }

/** Everything that may be edited in the experiment's status. */
export function EditFields({ draft, experiment, problems, showsProblems, focus, onChange }: Props) {
  const { data: metrics = [] } = useMetrics()
  const set = (fields: Partial<EditDraft>) => onChange({ ...draft, ...fields })
  const { unit } = experiment
  return (
    <Stack gap={32}>
      <Part title="Idea">
        <TextInput
          label="Name"
          value={draft.name}
          error={problems.get('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          label="Hypothesis"
          autosize
          minRows={2}
          maxRows={10}
          dir="auto"
          value={draft.hypothesis}
          error={problems.get('hypothesis')}
          onChange={(event) => set({ hypothesis: event.currentTarget.value })}
        />
        <TagsInput
          label="Tags"
          description="Words to find it by; Enter or a comma ends one."
          value={[...draft.tags]}
          error={problems.get('tags')}
          onChange={(tags) => set({ tags: tags.map((tag) => tag.trim().toLowerCase()) })}
        />
      </Part>
      <Part title={canEditVariants(experiment) ? 'Variants' : 'Traffic'}>
        {canEditVariants(experiment) ? (
          <VariantFields draft={draft} problems={problems} onChange={set} />
        ) : null}
        <WeightFields draft={draft} experiment={experiment} problems={problems} onChange={set} />
      </Part>
      <Part title="Who takes part">
        <NumberInput
          label="Coverage"
          description={`Share of the ${pluralOf(unit)} in the audience that take part.`}
          suffix=" %"
          min={0}
          max={100}
          clampBehavior="none"
          styles={NARROW}
          value={draft.coveragePercent}
          error={problems.get('coverage')}
          onChange={(value) => set({ coveragePercent: numberOf(value) })}
        />
        <div>
          <p className={classes.label}>Audience</p>
          <AudienceField
            value={draft.audience}
            showsProblems={showsProblems}
            onChange={(audience) => set({ audience })}
          />
        </div>
        <TagsInput
          label="Dimensions"
          description={`Up to five attributes of the ${unit}, such as country or device: results are shown for each of their values.`}
          value={[...draft.dimensions]}
          error={problems.get('dimensions')}
          data-autofocus={focus === 'dimensions' || undefined}
          onChange={(dimensions) => set({ dimensions: dimensions.map((name) => name.trim()) })}
        />
      </Part>
      <Part title="Metrics">
        <MetricRolesField
          metrics={metrics}
          value={draft.metrics}
          onChange={(roles) => set({ metrics: roles })}
        />
      </Part>
      <Part title="Size and duration">
        <NumberInput
          label="Minimum sample"
          description={`${capital(pluralOf(unit))} per variant; before that, the answer is called preliminary.`}
          thousandSeparator
          min={0}
          clampBehavior="none"
          styles={NARROW}
          value={draft.minimumSample}
          error={problems.get('minimumSample')}
          onChange={(value) => set({ minimumSample: numberOf(value) })}
        />
        <NumberInput
          label="Longest duration"
          description="Empty for no limit. After that, the page asks to decide."
          suffix=" days"
          min={0}
          clampBehavior="none"
          styles={NARROW}
          value={draft.maximumDurationDays}
          error={problems.get('maximumDurationDays')}
          onChange={(value) => set({ maximumDurationDays: numberOf(value) })}
        />
        <AnalysisSettingsField
          value={draft.analysis}
          hasMinimumSample={draft.minimumSample !== '' && draft.minimumSample > 0}
          errorOf={(field) => problems.get(analysisFieldId(field))}
          onChange={(analysis) => set({ analysis })}
        />
      </Part>
    </Stack>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      <Stack gap="md">{children}</Stack>
    </section>
  )
}
