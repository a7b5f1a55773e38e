// How the phone looks: the settings of the core, as attributes of the root that the styles read.
import type { Settings } from './generated/Settings'
import { setLocale } from './i18n/i18n.svelte'

const themes = { night: 'notte', day: 'giorno' } as const
/** The ground of each theme, for what the system draws around the page. */
const grounds = { night: '#000000', day: '#F5F4F1' } as const

/** Shows settings: hand, size, colours and language. Nothing is kept in the WebView. */
export async function showSettings(settings: Settings): Promise<void> {
  const { dataset } = document.documentElement
  dataset.hand = settings.hand
  dataset.text = settings.text_size
  dataset.theme = themes[settings.theme]
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = grounds[settings.theme]
  }
  await setLocale(settings.language)
}
