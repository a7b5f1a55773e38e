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
import type { OpenView } from '../lib/generated/OpenView'
import type { Role } from '../lib/generated/Role'
import type { PlainKey } from '../lib/i18n/keys'

type OpenKey =
  | 'shell-open-referrals'
  | 'shell-open-outings'
  | 'shell-open-depot'
  | 'shell-open-devices'
  | 'shell-open-lists'

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
  /** What is counted beside its name, and the words for it. */
  open?: { of: keyof OpenView; words: OpenKey }
  /** It is about the programme itself: these stand apart. */
  settings?: true
  /** Day staff open it too. */
  staff?: true
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
    open: { of: 'referrals', words: 'shell-open-referrals' },
    staff: true,
    load: () => import('./referrals/Referrals.svelte'),
  },
  {
    id: 'outings',
    name: 'outings-title',
    icon: Route,
    open: { of: 'outings', words: 'shell-open-outings' },
    load: () => import('./outings/Outings.svelte'),
  },
  {
    id: 'depot',
    name: 'depot-title',
    icon: Package,
    open: { of: 'depot', words: 'shell-open-depot' },
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
    open: { of: 'devices', words: 'shell-open-devices' },
    settings: true,
    load: () => import('./devices/Devices.svelte'),
  },
  {
    id: 'lists',
    name: 'lists-title',
    icon: BookOpen,
    open: { of: 'lists', words: 'shell-open-lists' },
    settings: true,
    load: () => import('./lists/Lists.svelte'),
  },
  {
    id: 'register',
    name: 'register-title',
    icon: ScrollText,
    settings: true,
    load: () => import('./register/Register.svelte'),
  },
]

/** The pages that a role opens. */
export function pagesOf(role: Role | null): readonly DeskPage[] {
  return role === 'desk_worker' ? deskPages.filter(({ staff }) => staff) : deskPages
}

export class DeskPages {
  #address = $state(location.hash)

  /** Looks at the address again. */
  follow(): void {
    this.#address = location.hash
  }

  /** The page shown. An address that names none of them, as that of the skip link, is the first one's. */
  shown(role: Role | null): DeskPage {
    const open = pagesOf(role)
    return open.find(({ id }) => this.#address === `#${id}`) ?? open[0] ?? week
  }
}
