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

/** Runs a command of the core. Rejects with an `ErrorView`: a code, never a message from below. */
export async function call<N extends CommandName>(name: N, args: Args<N>): Promise<Result<N>> {
  try {
    return await invoke<Result<N>>('core', { command: { name, args } })
  } catch (error) {
    throw asErrorView(error)
  }
}

/** What a rejected command carried. Anything that is not an answer of the core is a fault of the program. */
export function asErrorView(error: unknown): ErrorView {
  if (typeof error === 'object' && error !== null && 'code' in error) return error as ErrorView
  return { code: 'INTERNO-01', place: 'ipc', wait_seconds: null, findings: [] }
}
