// Reading what somebody pastes: an address with the code behind `#`, or both on one line.

/** Address and one-time code. */
export interface Invitation {
  server: string
  code: string
}

/** `https://sync.example.org/#ABCDE-FGHJK` or `https://sync.example.org ABCDEFGHJK`; `null` for anything else. */
export function readInvitation(text: string): Invitation | null {
  const found = /^\s*(https?:\/\/[^\s#]+?)\/?(?:#|\s+)(\S+)\s*$/.exec(text)
  const [, server, code] = found ?? []
  return server === undefined || code === undefined ? null : { server, code }
}
