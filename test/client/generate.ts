import { readFileSync, writeFileSync } from 'node:fs'
import { generateApi } from 'swagger-typescript-api'
import { apiDocument } from './document'

/** Writes the client that the API's own document describes; with `--check`, fails where it is out of date. */
const FILE = new URL('./api.generated.ts', import.meta.url)
const { files } = await generateApi({
  spec: await apiDocument(),
  output: false,
  silent: true,
  unwrapResponseData: true,
})
/** Its own body is not held to the rules of this repository; its callers are held to its types. */
const made = `// @ts-nocheck\n${files.map(({ fileContent }) => fileContent).join('\n')}`
if (!process.argv.includes('--check')) writeFileSync(FILE, made)
else if (readFileSync(FILE, 'utf8') !== made) {
  process.stderr.write('the API changed: run `npm run generate` and commit test/client/api.generated.ts\n')
  process.exit(1)
}
