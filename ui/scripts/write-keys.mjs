import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'vite'

const server = await createServer({ configFile: false, server: { middlewareMode: true }, appType: 'custom' })
const read = (locale) => readFile(`src/lib/i18n/${locale}.ftl`, 'utf8')
const { keysModule } = await server.ssrLoadModule('/scripts/message-keys.ts')
await writeFile('src/lib/i18n/keys.ts', keysModule(await read('it'), await read('en')))
await server.close()
