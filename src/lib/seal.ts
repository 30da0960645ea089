import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'

/**
 * Authenticated encryption for everything that must not be read by others (design promise 9): compact JWE, A256GCM, with the
 * identity of the row in the protected header, so that a sealed text copied to another row does not open.
 */
export type DataKey = Uint8Array

export interface Keyring {
  newest: string
  keys: Map<string, Uint8Array>
}

const utf8 = new TextEncoder()
const OPEN = { keyManagementAlgorithms: ['dir', 'A256KW'], contentEncryptionAlgorithms: ['A256GCM'] }

/** `MASTER_KEYS` = `id:base64url,id:base64url`, newest first, 32 bytes each. */
export const parseKeyring = (text: string): Keyring => {
  const keys = new Map<string, Uint8Array>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [id, key] = entry.split(':')
    const bytes = key ? base64url.decode(key) : undefined
    if (!id || bytes?.length !== 32) throw new Error('MASTER_KEYS: expected id:base64url of 32 bytes, comma separated')
    keys.set(id, bytes)
  }
  const [newest = ''] = keys.keys()
  return { newest, keys }
}

export const newDataKey = (): DataKey => crypto.getRandomValues(new Uint8Array(32))

/** A data key sealed under the newest master key; `owner` is the tenant or grant that it belongs to. */
export const wrapKey = (ring: Keyring, owner: string, key: DataKey): Promise<string> => {
  const master = ring.keys.get(ring.newest)
  if (!master) throw new Error('MASTER_KEYS is empty')
  return new CompactEncrypt(key)
    .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM', kid: ring.newest, row: `key/${owner}` })
    .encrypt(master)
}

export const unwrapKey = async (ring: Keyring, owner: string, wrapped: string): Promise<DataKey> => {
  const find = (header: { kid?: string }): Uint8Array => {
    const master = ring.keys.get(header.kid ?? '')
    if (!master) throw new Error(`MASTER_KEYS has no key ${header.kid}: add it again, it still seals data`)
    return master
  }
  const { plaintext, protectedHeader } = await compactDecrypt(wrapped, find, OPEN)
  if (protectedHeader.row !== `key/${owner}`) throw new Error('a data key of another owner')
  return plaintext
}

/** The same key under the newest master key; undefined where it is already. */
export const rewrapKey = async (ring: Keyring, owner: string, wrapped: string): Promise<string | undefined> =>
  decodeProtectedHeader(wrapped).kid === ring.newest
    ? undefined
    : wrapKey(ring, owner, await unwrapKey(ring, owner, wrapped))

const imported = new WeakMap<DataKey, CryptoKey>()

/** Imported once: a key is used for every document of a tenant. */
const cipherOf = async (key: DataKey): Promise<CryptoKey> => {
  const known = imported.get(key)
  if (known) return known
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  imported.set(key, cipher)
  return cipher
}

const sealBytes = async (key: DataKey, row: string, bytes: Uint8Array): Promise<string> =>
  new CompactEncrypt(bytes).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', row }).encrypt(await cipherOf(key))

/** `row` names where the text is kept, e.g. `connection/c_1/credentials`. */
export const seal = (key: DataKey, row: string, text: string): Promise<string> => sealBytes(key, row, utf8.encode(text))

export const unseal = async (key: DataKey, row: string, sealed: string): Promise<string> =>
  new TextDecoder().decode(await openBytes(key, row, sealed))

const openBytes = async (key: DataKey, row: string, sealed: string): Promise<Uint8Array> => {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, await cipherOf(key), OPEN)
  if (protectedHeader.row !== row) throw new Error('a sealed text of another row')
  return plaintext
}

const through = async (bytes: Uint8Array, transform: CompressionStream | DecompressionStream): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer())

/** For documents: compressed first, because a row holds 2 MB at most. */
export const sealDocument = async (key: DataKey, row: string, text: string): Promise<string> =>
  sealBytes(key, row, await through(utf8.encode(text), new CompressionStream('deflate-raw')))

export const unsealDocument = async (key: DataKey, row: string, sealed: string): Promise<string> =>
  new TextDecoder().decode(await through(await openBytes(key, row, sealed), new DecompressionStream('deflate-raw')))
