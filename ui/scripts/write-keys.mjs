import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'vite'

const server = await createServer({ configFile: false, server: { middlewareMode: true }, appType: 'custom' })
const { keysModule } = await server.ssrLoadModule('/scripts/message-keys.ts')
await writeFile('src/lib/i18n/keys.ts', keysModule(await readFile('src/lib/i18n/it.ftl', 'utf8')))
await server.close()
