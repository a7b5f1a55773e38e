// The line on *Contatti*: where the records of the outing are.
import type { SendState } from '../../lib/generated/SendState'
import type { SendView } from '../../lib/generated/SendView'
import { t } from '../../lib/i18n/i18n.svelte'

/** State and words of the line. */
export interface SyncLine {
  state: SendState
  text: string
}

/** Never says more than the receipt says. */
export function sendLine(sending: SendView | null): SyncLine {
  if (sending === null) return { state: 'local', text: '' }
  return { state: sending.state, text: words(sending) }
}

function words(sending: SendView): string {
  switch (sending.state) {
    case 'local':
      return t('sync-local', { n: sending.total })
    case 'waiting':
      return t('sync-waiting', { n: sending.total - sending.received })
    case 'received':
      return t('sync-received', { b: sending.total, t: sending.received_at ?? '' })
    case 'attention':
      return t('sync-attention', { n: sending.refused })
  }
}
