import { html } from 'hono/html'
import type { Account } from '../../core/vendor'

type Markup = ReturnType<typeof html>

/** Plain pages for the person in front of the browser: nothing is loaded, nothing is run, no secret is shown. */
const page = (title: string, body: Markup): Markup => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>${title}</title></head>
<body style="font: 1rem/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1 style="font-size: 1.3rem">${title}</h1>
${body}
</body>
</html>`

export const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

export const connectedPage = (vendor: string, { name, id }: Account, first: boolean, warnings: string[]): Markup =>
  page(
    `${vendor}: ${name} is connected`,
    html`<p>Company <strong>${name}</strong> (${id}).</p>
${warnings.map((warning) => html`<p>⚠ ${warning}</p>`)}
<p>${
      first
        ? 'Nothing runs yet: an administrator has to confirm that this is the right company (POST …/confirm).'
        : 'Waiting records go on by themselves.'
    }</p>
<p>You can close this window.</p>`,
  )

export const choicePage = (vendor: string, ticket: string, accounts: Account[]): Markup =>
  page(
    `${vendor}: which company?`,
    html`<p>Your consent reaches several companies. This connection stands for one of them.</p>
<form method="post" action="/oauth/${vendor}/choose">
<input type="hidden" name="ticket" value="${ticket}">
${accounts.map(
  ({ id, name }) => html`<p><button name="account" value="${id}" style="font: inherit">${name} (${id})</button></p>`,
)}
</form>`,
  )

export const refusedPage = (title: string, remedy: string): Markup => page(title, html`<p>${remedy}</p>`)
