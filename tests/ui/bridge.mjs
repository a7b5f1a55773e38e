// A bridge that a flow starts itself, to a notebook that no demonstration has made, or to kill it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts one; `given` names the program and the interface. */
export async function startBridge(given, role, folder) {
  const options = ['--role', role, '--data-dir', folder, '--ui-dist', given['ui-dist']]
  const bridge = spawn(given.bridge, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: bridge.stdout }), 'line')
  return { process: bridge, url: JSON.parse(line).url }
}
