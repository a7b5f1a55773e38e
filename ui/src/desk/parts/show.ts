// What opens below the edge of the window would not be seen: it is brought there, and its first field gets the focus.

export function show(form: HTMLElement): void {
  form.scrollIntoView({ block: 'nearest' })
  form.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true })
}
