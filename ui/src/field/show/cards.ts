// The cards that are the same everywhere: which picture stands beside which words.
import type { PictureName } from './pictures'
import type { GeneralCard } from './shown'
import type { ShowKey } from './words'

/** One line of a card. */
export interface CardLine {
  picture: PictureName
  text: ShowKey
}

/** A card: its title, and what it says. */
export interface CardText {
  title: ShowKey
  lines: readonly CardLine[]
  /** Lines are steps, one after the other. */
  steps: boolean
  /** Under the lines. */
  end: ShowKey
}

export const cards: Record<GeneralCard, CardText> = {
  condom: {
    title: 'condom-title',
    steps: true,
    lines: [
      { picture: 'condomDate', text: 'condom-1' },
      { picture: 'condomOpen', text: 'condom-2' },
      { picture: 'condomTip', text: 'condom-3' },
      { picture: 'condomRoll', text: 'condom-4' },
      { picture: 'condomHold', text: 'condom-5' },
      { picture: 'condomBin', text: 'condom-6' },
    ],
    end: 'condom-lubricant',
  },
  helpline: {
    title: 'helpline-title',
    steps: false,
    lines: [
      { picture: 'free', text: 'helpline-free' },
      { picture: 'dayAndNight', text: 'helpline-always' },
      { picture: 'noName', text: 'helpline-anonymous' },
    ],
    end: 'come',
  },
  papers: {
    title: 'papers-title',
    steps: false,
    lines: [
      { picture: 'doctor', text: 'papers-care' },
      { picture: 'card', text: 'papers-code' },
      { picture: 'noPolice', text: 'papers-police' },
    ],
    end: 'come',
  },
}
