import { mount } from 'svelte'
import { setLocale } from '../lib/i18n/i18n.svelte'
import '../styles/tokens.css'
import '../styles/base.css'
import Desk from './Desk.svelte'

async function start(): Promise<void> {
  const target = document.getElementById('app')
  if (target === null) throw new Error('no place for the app')
  await setLocale('it')
  mount(Desk, { target })
}

void start()
