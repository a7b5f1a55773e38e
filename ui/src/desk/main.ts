import { mount } from 'svelte'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/desk.css'
import Desk from './Desk.svelte'

const target = document.getElementById('app')
if (target === null) throw new Error('no place for the app')
// Nothing is shown, and no language fetched, until the core has said which one is set.
mount(Desk, { target })
