/** Names that never belong to somebody else on the public internet (RFC 2606, 6761, 6762, 8375, and habits of home networks). */
const PRIVATE =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|test|example|invalid|onion)$/

const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/

/**
 * Why an address that a customer entered is not called, in words; undefined = it may be. `ours` = host and port at which the
 * connector itself was asked. `relaxed`: in development, any host by http or https but ourselves.
 */
export const addressProblem = (address: string, ours: string, relaxed: boolean): string | undefined => {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return 'not an address of a web server'
  if (url.username !== '' || url.password !== '') return 'no user or password in an address'
  const isOurs = relaxed ? url.host === ours : nameOf(url) === nameOf(new URL(`https://${ours}`))
  if (isOurs) return 'this is the connector’s own address'
  return relaxed ? undefined : notPublic(url)
}

/** A name may end with the dot of the root; resolvers differ in what they make of more of them. */
const nameOf = ({ hostname }: URL): string => hostname.replace(/\.+$/, '')

const notPublic = (url: URL): string | undefined => {
  if (url.protocol !== 'https:') return 'https only'
  if (url.port !== '') return 'on the usual port of https only (443)'
  const name = nameOf(url)
  return name.includes('.') && !IP_ADDRESS.test(name) && !PRIVATE.test(name)
    ? undefined
    : 'the public host name of the server, not an IP address or a name of a private network'
}
