// Which page of the desk is shown: the one that the address names.

/** A page of the desk. */
export type DeskPage = 'week' | 'devices'

export class DeskPages {
  /** The page shown. */
  page: DeskPage = $state(named())

  /** Shows what the address names now. */
  follow(): void {
    this.page = named()
  }
}

/** An address that names no page, as that of the skip link, is the first one's. */
function named(): DeskPage {
  return location.hash === '#devices' ? 'devices' : 'week'
}
