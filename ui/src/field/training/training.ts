// Into a training and out of it. The core puts another notebook in the place of the real one.
import { call } from '../../lib/backend/backend'
import type { Field } from '../field.svelte'

/** Begins a training, or the same anew; what was on the screen goes. */
export async function enterTraining(field: Field): Promise<void> {
  await field.attempt(async () => {
    const session = await call('enter_training', {})
    // Another notebook stands behind the window now: what is held of the real one goes, as under the lock.
    field.forget()
    await field.attempt(() => field.enter(session))
  })
}

/** Ends it: the real notebook is locked, and whoever held the phone to practise has seen nothing of it. */
export async function leaveTraining(field: Field): Promise<void> {
  await field.attempt(async () => {
    const session = await call('leave_training', {})
    field.hide()
    field.session = session
  })
}
