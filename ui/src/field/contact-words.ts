// How a contact reads in one line.
import type { ContactKind } from '../lib/generated/ContactKind'
import type { Gender } from '../lib/generated/Gender'
import { list } from '../lib/i18n/format'
import { hasMessage, t } from '../lib/i18n/i18n.svelte'
import type { PlainKey } from '../lib/i18n/keys'
import { genders, itemName } from '../lib/labels'

const onTile: Partial<Record<Gender, PlainKey>> = {
  woman: 'contact-woman',
  trans_woman: 'contact-trans',
  man: 'contact-man',
}

/** *Donna, già nota*. */
export function contactWords(gender: Gender, kind: ContactKind): string {
  const who = t(onTile[gender] ?? genders[gender])
  const how = kindWord(gender, kind)
  return how === null ? who : list([who, how])
}

function kindWord(gender: Gender, kind: ContactKind): string | null {
  switch (kind) {
    case 'first':
      return t('contact-first')
    case 'returning':
      return t(gender === 'man' || gender === 'trans_man' ? 'contact-known-m' : 'contact-known')
    case 'unknown':
      return t('contact-unknown-kind')
    case 'not_applicable':
      return null
  }
}

/** *bevande* instead of *bevande calde*, where a counter has little room. */
export function shortItemName(item: string, n: number): string {
  const key = `item-short-${item}`
  return isShort(key) ? t(key, { n }) : itemName(item, n)
}

const isShort = (key: string): key is 'item-short-hot_drink' => hasMessage(key)
