// The pages of the desk, in the order of the menu, and which of them is shown: the one that the address names.
import BookOpen from '@lucide/svelte/icons/book-open'
import Calendar from '@lucide/svelte/icons/calendar'
import FileText from '@lucide/svelte/icons/file-text'
import Package from '@lucide/svelte/icons/package'
import Route from '@lucide/svelte/icons/route'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import Send from '@lucide/svelte/icons/send'
import Smartphone from '@lucide/svelte/icons/smartphone'
import type { Component } from 'svelte'
import type { PlainKey } from '../lib/i18n/keys'

/** What every page is given. */
type PageProps = {
  /** The notebook was found locked. */
  onlocked: () => void
}

/** A page of the desk. Its code is fetched when it is first shown. */
export type DeskPage = {
  /** What the address calls it. */
  id: string
  /** Its name in the menu. */
  name: PlainKey
  icon: typeof Calendar
  load: () => Promise<{ default: Component<PageProps> }>
}

const week: DeskPage = {
  id: 'week',
  name: 'week-nav',
  icon: Calendar,
  load: () => import('./week/Week.svelte'),
}

/** Every page, in the order of the menu. */
export const deskPages: readonly DeskPage[] = [
  week,
  {
    id: 'referrals',
    name: 'board-title',
    icon: Send,
    load: () => import('./referrals/Referrals.svelte'),
  },
  {
    id: 'outings',
    name: 'outings-title',
    icon: Route,
    load: () => import('./outings/Outings.svelte'),
  },
  {
    id: 'depot',
    name: 'depot-title',
    icon: Package,
    load: () => import('./depot/Depot.svelte'),
  },
  {
    id: 'releases',
    name: 'releases-title',
    icon: FileText,
    load: () => import('./releases/Releases.svelte'),
  },
  {
    id: 'devices',
    name: 'devices-title',
    icon: Smartphone,
    load: () => import('./devices/Devices.svelte'),
  },
  {
    id: 'lists',
    name: 'lists-title',
    icon: BookOpen,
    load: () => import('./lists/Lists.svelte'),
  },
  {
    id: 'register',
    name: 'register-title',
    icon: ScrollText,
    load: () => import('./register/Register.svelte'),
  },
]

export class DeskPages {
  /** The page shown. */
  page: DeskPage = $state.raw(named())

  /** Shows what the address names now. */
  follow(): void {
    this.page = named()
  }
}

/** An address that names no page, as that of the skip link, is the first one's. */
function named(): DeskPage {
  return deskPages.find(({ id }) => location.hash === `#${id}`) ?? week
}
