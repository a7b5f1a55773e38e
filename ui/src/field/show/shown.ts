// What is held out to somebody. It stands in memory only, and is gone when the card is closed or the screen locked.
import type { DirectoryEntryView } from '../../lib/generated/DirectoryEntryView'

/** A card that is the same everywhere. */
export type GeneralCard = 'condom' | 'helpline' | 'papers'

/** A card, with the service where it is about one. */
export type Shown = { card: GeneralCard } | { card: 'service'; service: DirectoryEntryView }
