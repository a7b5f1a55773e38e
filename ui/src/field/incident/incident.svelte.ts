// Segna un episodio: what, how serious, what was done. No words of one's own, so no names.
import { call } from '../../lib/backend/backend'
import type { IncidentAction } from '../../lib/generated/IncidentAction'
import type { IncidentSeverity } from '../../lib/generated/IncidentSeverity'
import type { IncidentType } from '../../lib/generated/IncidentType'
import { haptic } from '../../lib/haptic'
import { incidentActions, incidentSeverities, incidentTypes, optionsOf } from '../../lib/labels'
import type { Field } from '../field.svelte'

export class IncidentState {
  #field: Field
  type: IncidentType | null = $state(null)
  severity: IncidentSeverity = $state('medium')
  action: IncidentAction = $state('none')
  debrief = $state(false)
  zone: string | null = $state(null)
  otherZone = $state(false)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
    this.zone = field.night?.zone ?? null
  }

  readonly types = $derived(optionsOf(incidentTypes))
  readonly severities = $derived(optionsOf(incidentSeverities))
  readonly actions = $derived(optionsOf(incidentActions))

  /** Where the van is, until somebody says another zone. */
  readonly zones = $derived.by(() => {
    const zones = (this.#field.night?.zones ?? []).map(({ code, label }) => ({ value: code, label }))
    return this.otherZone ? zones : zones.filter(({ value }) => value === this.zone)
  })

  async save(): Promise<void> {
    const type = this.type
    if (type === null) return
    this.saving = true
    await this.#field.finish('home', async () => {
      await call('save_incident', {
        incident_type: type,
        severity: this.severity,
        action: this.action,
        debrief_needed: this.debrief,
        zone: this.zone,
      })
      this.#field.take(await call('tonight', {}))
      haptic('saved')
    })
    this.saving = false
  }
}
