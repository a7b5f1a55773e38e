// Reading what somebody pastes: an address with the code behind `#`, both on one line, or the text of the desk's picture.

/** Address and one-time code. */
export interface Invitation {
  server: string
  code: string
}

/** Whether a code is the text of the desk's picture, which says where the server is. */
export const namesItsServer = (code: string): boolean => /^\s*uscita:/.test(code)

/** `https://sync.example.org/#ABCDE-FGHJK`, `https://sync.example.org ABCDEFGHJK` or `uscita:…`; `null` for anything
 *  else. */
export function readInvitation(text: string): Invitation | null {
  const found = /^\s*(?:(https?:\/\/[^\s#]+?)\/?(?:#|\s+)(\S+)|(uscita:\S+))\s*$/.exec(text)
  if (found === null) return null
  const [, server, code, picture] = found
  if (picture !== undefined) return { server: '', code: picture }
  return server === undefined || code === undefined ? null : { server, code }
}
