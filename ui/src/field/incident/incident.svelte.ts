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
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
  }

  readonly types = $derived(optionsOf(incidentTypes))
  readonly severities = $derived(optionsOf(incidentSeverities))
  readonly actions = $derived(optionsOf(incidentActions))

  async save(): Promise<void> {
    const type = this.type
    if (type === null) return
    this.saving = true
    const done = await this.#field.attempt(async () => {
      await call('save_incident', {
        incident_type: type,
        severity: this.severity,
        action: this.action,
        debrief_needed: this.debrief,
        zone: this.#field.night?.zone ?? null,
      })
      this.#field.take(await call('tonight', {}))
    })
    this.saving = false
    if (!done) return
    haptic('saved')
    this.#field.route.home()
  }
}
