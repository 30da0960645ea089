/** One line of JSON, for Workers Logs. Facts are ids and names, never documents, secrets or messages of unknown errors. */
export const log = (event: string, facts: Record<string, unknown>): void => {
  // biome-ignore lint/suspicious/noConsole: Workers Logs collects the console
  console.error(JSON.stringify({ event, ...facts }))
}
