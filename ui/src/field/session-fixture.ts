// What the core says of an open notebook, for tests.
import type { SessionView } from '../lib/generated/SessionView'

/** A member's phone as it is after its first unlock. */
export const openSession: SessionView = {
  state: 'open',
  seat: 'phone',
  role: 'member',
  review: 'not_lead',
  training: null,
  words: [],
  wait_seconds: 0,
  lock_after_seconds: 30,
  lock_choices: [15, 30, 60],
  settings: {
    hand: 'right',
    text_size: 'normal',
    language: 'it',
    theme: 'night',
    lock_after_seconds: 30,
    launcher_entry: 'uscita',
  },
}
