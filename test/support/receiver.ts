import { vi } from 'vitest'

export interface Heard {
  url: string
  headers: Record<string, string>
  body: string
  type: string
  data: Record<string, unknown>
}

/** Stands behind the addresses `https://receiver-….test/…`; everything else goes its usual way. */
export const openReceiver = () => {
  const heard: Heard[] = []
  const state = { answer: (_: Heard): Response => new Response('ok') }
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    if (!new URL(request.url).hostname.startsWith('receiver-')) return real(input, init)
    const body = await request.text()
    const { type, data } = JSON.parse(body)
    const one = { url: request.url, headers: Object.fromEntries(request.headers), body, type, data }
    heard.push(one)
    return state.answer(one)
  })
  return {
    /** What arrived since it was asked last. */
    heard: () => heard.splice(0),
    answers: (answer: (one: Heard) => Response) => {
      state.answer = answer
    },
    works: () => {
      state.answer = () => new Response('ok')
    },
  }
}
