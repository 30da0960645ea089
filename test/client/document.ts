/** Node's types and those of Workers exclude each other, so the app is loaded by a path that tsc does not follow. */
const APP = new URL('../../src/edge/http.ts', import.meta.url).href

/** The OpenAPI document, as the app itself gives it. */
export const apiDocument = async (): Promise<Record<string, unknown>> => {
  const { app } = await import(APP)
  return (await app.request('/openapi.json')).json()
}
