// Words of the page of the depot.
import type { Language } from '../../lib/generated/Language'
import { languageWord } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { itemCount, itemTitle, spokenLanguage } from '../../lib/labels'
import { grouped } from '../parts/format'

/** One heap: an item, and of leaflets those in one language. */
export type Heap = { item: string; language: Language | null }

/** *Preservativi*, *Materiale, inglese*. */
export function heapTitle({ item, language }: Heap): string {
  return language === null ? itemTitle(item) : t('depot-leaflet', { language: inside(language) })
}

/** *400 lubrificanti*, *50 pieghevoli, albanese*. */
export function heapCount({ item, language }: Heap, n: number): string {
  if (language !== null) return t('depot-order-leaflets', { n, language: inside(language) })
  return itemCount(item, n).replace(String(n), grouped(n))
}

/** What a heap is known by within the page. */
export function heapKey({ item, language }: Heap): string {
  return `${item} ${language ?? ''}`
}

function inside(language: Language): string {
  const named = !['other', 'none', 'not_recorded'].includes(language)
  return named ? languageWord(language) : spokenLanguage(language).toLowerCase()
}
