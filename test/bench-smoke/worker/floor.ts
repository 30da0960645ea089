interface Env {
  SECRET: string
  QUEUE: Queue
}

const utf8 = new TextEncoder()

/** The least that a webhook needs: is it Wave's, and is it on disk? */
export default {
  async fetch(request, { SECRET, QUEUE }): Promise<Response> {
    const body = await request.text()
    const parts = new URLSearchParams((request.headers.get('x-wave-signature') ?? '').replaceAll(',', '&'))
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', utf8.encode(SECRET), algorithm, false, ['verify'])
    const signed = utf8.encode(`${parts.get('t')}.${body}`)
    const signature = Uint8Array.from(parts.get('v1')?.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
    if (!(await crypto.subtle.verify('HMAC', key, signature, signed))) return new Response('refused', { status: 401 })
    await QUEUE.send(JSON.parse(body))
    return new Response('ok')
  },
} satisfies ExportedHandler<Env>
