// Puts Tauri's internals in front of the shipped bundle and forwards its one command to the bridge.
// The page's cookie carries the token; this script never sees it.
;(() => {
  const label = 'main'
  let last = 0
  const callbacks = new Map()
  const invoke = async (command, args) => {
    if (command !== 'core') throw `the bridge knows only the command "core", not "${command}"`
    const reply = await fetch('/__core', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args.command),
    })
    if (reply.status === 403) throw 'the bridge does not know this page'
    const body = await reply.json()
    if ('refused' in body) throw body.refused
    return body.answer
  }
  globalThis.isTauri = true
  globalThis.__TAURI_INTERNALS__ = Object.freeze({
    metadata: { currentWindow: { label }, currentWebview: { windowLabel: label, label } },
    transformCallback: (callback) => {
      last += 1
      callbacks.set(last, callback)
      return last
    },
    unregisterCallback: (id) => callbacks.delete(id),
    convertFileSrc: (path) => path,
    invoke,
  })
})()
