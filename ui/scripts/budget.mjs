// What the phone fetches before it can be used: the entry with everything it imports at once, its styles, and the first
// part of the Italian catalogue, gzipped one by one. Fonts and pictures are apart.
//
//   node scripts/budget.mjs [dist]      prints JSON; ends with 1 when the limit is passed
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT_BYTES = 60_000
/** A message of the first part in Italian, by which its file is known. */
const OF_THE_CATALOGUE = 'contact-empty = Ancora nessuno'

const given = process.argv[2]
const dist = given ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist')
const read = (file) => readFileSync(path.join(dist, file), 'utf8')
const resolveFrom = (file, specifier) => path.posix.join(path.posix.dirname(file), specifier)

const page = read('index.html')
const linked = [...page.matchAll(/(?:src|href)="\.?\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file)
const needed = new Set(linked)
const fetchedLater = new Set()

/** Static imports are needed at once; `import("…")` and the lists of files beside it are not. */
function follow(file) {
  if (!file.endsWith('.js')) return
  const code = read(file)
  for (const [, specifier] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
    const found = resolveFrom(file, specifier)
    if (!needed.has(found)) {
      needed.add(found)
      follow(found)
    }
  }
  for (const [, specifier] of code.matchAll(/\bimport\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g)) {
    fetchedLater.add(resolveFrom(file, specifier))
  }
}
linked.forEach(follow)

const catalogue = [...fetchedLater].find((file) => read(file).includes(OF_THE_CATALOGUE))
if (catalogue === undefined) throw new Error('the first part of the Italian catalogue is not in the build')
needed.add(catalogue)

const files = [...needed]
  .map((file) => ({ file, gzip_bytes: gzipSync(read(file), { level: 9 }).length }))
  .sort((one, other) => other.gzip_bytes - one.gzip_bytes)
const gzip_bytes = files.reduce((sum, file) => sum + file.gzip_bytes, 0)
const within = gzip_bytes <= LIMIT_BYTES
process.stdout.write(`${JSON.stringify({ gzip_bytes, limit_bytes: LIMIT_BYTES, within, files }, null, 2)}\n`)
process.exitCode = within ? 0 : 1
