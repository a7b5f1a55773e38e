// Telephone numbers: as they are dialled, and as they are read.

/** What is dialled: digits, and a plus in front. */
export function dialled(number: string): string {
  return number.replace(/[^\d+]/g, '')
}

/** `800290290` → *800 290 290*; short numbers and those with blanks stay as they are. */
export function spacedNumber(number: string): string {
  return /^\d{9}$/.test(number) ? number.replace(/(\d{3})(?=\d)/g, '$1\u00a0') : number
}
