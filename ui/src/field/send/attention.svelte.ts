// Da guardare: what the server refused. It stays on this phone, sealed; nothing of it is told here but its kind.
import { call } from '../../lib/backend/backend'
import type { RefusalCode } from '../../lib/generated/RefusalCode'
import type { RefusedRecordView } from '../../lib/generated/RefusedRecordView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { recordKinds } from '../../lib/labels'
import type { Field } from '../field.svelte'

export class AttentionState {
  #field: Field
  #records: RefusedRecordView[] = $state.raw([])
  loaded = $state(false)

  constructor(field: Field) {
    this.#field = field
    const outing = field.outingId ?? field.night?.outing_id ?? null
    void field.attempt(async () => {
      if (outing !== null) this.#records = (await call('send_status', { outing_id: outing })).set_aside
      this.loaded = true
    })
  }

  readonly rows = $derived(
    this.#records.map(({ number, kind, code }) => ({
      number,
      title: t('attention-row', { kind: t(recordKinds[kind]), n: number }),
      detail: t(reason(code)),
    })),
  )

  /** The way back: to *Invio*, or to the night. */
  back(): void {
    this.#field.route.back()
  }
}

/** Why, in words that say what helps. Anything but size is for whoever coordinates to look into. */
export function reason(code: RefusalCode): PlainKey {
  switch (code) {
    case 'too_large':
      return 'attention-too-large'
    case 'unknown_device':
    case 'not_allowed':
    case 'revoked':
      return 'attention-device'
    case 'malformed':
    case 'unsupported_version':
    case 'unsupported_media':
      return 'attention-version'
    default:
      return 'attention-other'
  }
}
