// Says in plain words that the WebView is too old, instead of staying blank. Written for any WebView: nothing newer
// than ES5. What the app needs at least, Chrome 87 or Safari 14.1, is the first of each with the property `inset`.
;(function () {
  if (window.CSS && CSS.supports && CSS.supports('inset', '0')) return
  var told = false
  // Before the app's own script runs: without its place it does not start.
  document.addEventListener('readystatechange', function () {
    if (told || !document.body) return
    told = true
    document.body.textContent = ''
    var words = document.createElement('p')
    words.className = 'old'
    words.setAttribute('role', 'alert')
    words.textContent =
      'Questo telefono è da aggiornare: il componente «Android System WebView» è troppo vecchio. ' +
      'Aggiornalo, poi riapri l’app. Nulla è andato perso.'
    document.body.appendChild(words)
  })
})()
