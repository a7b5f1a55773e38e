// From an error code to its three lines. Complete by type: a new code does not build without its texts.
import type { ErrorCode } from './generated/ErrorCode'
import { t } from './i18n/i18n.svelte'
import type { PlainKey } from './i18n/keys'

type Line = 'what' | 'safe' | 'do'
// If this does not build, a code of the core has no text, or a text takes arguments.
const key = (code: ErrorCode, line: Line): `error-${ErrorCode}-${Line}` & PlainKey => `error-${code}-${line}`

/** What is wrong, whether the data are safe, what to do. */
export function errorTexts(code: ErrorCode): { what: string; safe: string; action: string } {
  return { what: t(key(code, 'what')), safe: t(key(code, 'safe')), action: t(key(code, 'do')) }
}
