/** The vendor's consent page, and where it sends the user's browser back to. */
export const agree = async (url: string): Promise<string> => {
  const response = await fetch(url, { redirect: 'manual' })
  const location = response.headers.get('location')
  if (location === null) throw new Error(`the vendor shows ${response.status} ${(await response.text()).slice(0, 200)}`)
  return location
}
