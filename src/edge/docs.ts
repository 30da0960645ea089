import { Hono } from 'hono'
import { html } from 'hono/html'

/** Swagger UI, one version; a browser runs the files only where they are, byte for byte, those of the npm package. */
const FROM = 'https://cdn.jsdelivr.net/npm/swagger-ui-dist@5.35.0'
const SCRIPT = 'sha384-gjRm0bEPMeTmMh5jT2cHccIwCUZSTd8YC+j0d0sXw0MdGEfScduGpSyF3ZSSLkX9'
const STYLE = 'sha384-WlYgdmXYOOBWL5apwjDEZwN+U3HmXSSu5R6V5aGxEcf7z+KuRNwBhoxKVN1i3D5I'

const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>ml-connector API</title>
<link rel="stylesheet" href="${FROM}/swagger-ui.css" integrity="${STYLE}" crossorigin="anonymous">
<script src="${FROM}/swagger-ui-bundle.js" integrity="${SCRIPT}" crossorigin="anonymous" defer></script>
<script src="/docs/start.js" defer></script></head>
<body><div id="reference"><p>The same as data: <a href="/openapi.json">/openapi.json</a></p></div></body>
</html>`

/** A key that is typed in stays in the page and is never stored. */
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', persistAuthorization: false, validatorUrl: null })`

const POLICY = [
  "default-src 'none'",
  `script-src 'self' ${FROM}/swagger-ui-bundle.js`,
  `style-src 'unsafe-inline' ${FROM}/swagger-ui.css`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The API reference for people. */
export const docs = new Hono()

docs.get('/', async (c) => c.html(await page, 200, { 'content-security-policy': POLICY }))
docs.get('/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
