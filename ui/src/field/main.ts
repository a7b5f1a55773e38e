import { mount } from 'svelte'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/field.css'
import App from './App.svelte'

const target = document.getElementById('app')
if (target === null) throw new Error('no place for the app')
// Nothing is shown, and no language fetched, until the core has said how the phone is set.
mount(App, { target })
