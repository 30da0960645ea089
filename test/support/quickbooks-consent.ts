/** Presses the button of a company on Intuit's page, or the one that says no; answers where the browser is sent back to. */
export const press = async (url: string, button: string): Promise<string> => {
  const page = await fetch(url, { redirect: 'manual' })
  const sent = page.headers.get('location')
  if (sent !== null) return sent
  const links = [...(await page.text()).matchAll(/href="([^"]+)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
  const link = links.find((one) => one.includes(button))
  if (link === undefined) throw new Error(`Intuit offers no ${button}`)
  const response = await fetch(link, { redirect: 'manual' })
  return response.headers.get('location') ?? ''
}

export const companyButton = (realm: string): string => `realmId=${realm}`
export const NO_THANKS = 'decision=deny'
