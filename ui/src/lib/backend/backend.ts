// The only door to the core. Nothing else imports @tauri-apps.
import { invoke } from '@tauri-apps/api/core'
import type { Commands } from '../generated/Commands'
import type { ErrorView } from '../generated/ErrorView'

/** Name of a command of the core. */
export type CommandName = keyof Commands
/** Arguments of a command. */
export type Args<N extends CommandName> = Commands[N]['args']
/** Result of a command. */
export type Result<N extends CommandName> = Commands[N]['result']

/** How often what is in front has been forgotten. */
let epoch = 0

/** The epoch that an answer belongs to. */
export const currentEpoch = (): number => epoch

/** Everything is forgotten: what is still asked is answered to nobody. */
export function nextEpoch(): void {
  epoch += 1
}

/** The answer to a question of an epoch that is over. */
export const tooLate = new Error('too late')

/** Runs a command of the core. Rejects with an `ErrorView`: a code, never a message from below; with
 *  `tooLate` when everything was forgotten meanwhile, whatever the answer. */
export async function call<N extends CommandName>(name: N, args: Args<N>): Promise<Result<N>> {
  const begun = epoch
  try {
    const result = await invoke<Result<N>>('core', { command: { name, args } })
    // The id of a card says nothing, and what was chosen on it is still to be written.
    if (begun === epoch || name === 'open_card') return result
  } catch (error) {
    if (begun === epoch) throw asErrorView(error)
  }
  throw tooLate
}

/** What a rejected command carried. Anything that is not an answer of the core is a fault of the program. */
export function asErrorView(error: unknown): ErrorView {
  if (typeof error === 'object' && error !== null && 'code' in error) return error as ErrorView
  return { code: 'INTERNO-01', place: 'ipc', wait_seconds: null, findings: [] }
}
