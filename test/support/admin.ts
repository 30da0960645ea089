/** A plain client of the admin API, for tests and the demo. */
export interface Admin {
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Status and body, also where it is refused. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** What is there in a type that is not JSON. */
  text(path: string, accept: string): Promise<string>
}

type Fetcher = (request: Request) => Promise<Response>

export const adminWith = (key: string, origin: string, fetcher: Fetcher): Admin => {
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetcher(
      new Request(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  return {
    async call(method, path, body) {
      const response = await send(method, path, body)
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text ? JSON.parse(text) : undefined
    },
    async text(path, accept) {
      const headers = { authorization: `Bearer ${key}`, accept }
      const response = await fetcher(new Request(`${origin}${path}`, { headers }))
      if (!response.ok || !response.headers.get('content-type')?.startsWith(accept))
        throw new Error(`${path}: no ${accept}`)
      return response.text()
    },
    async ask(method, path, body) {
      const response = await send(method, path, body)
      const text = await response.text()
      const isJson = /[/+]json(;|$)/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, body: text && isJson ? JSON.parse(text) : text || undefined }
    },
  }
}
