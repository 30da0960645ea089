type Facts = Record<string, unknown>

const line = (event: string, facts: Facts): string => JSON.stringify({ event, ...facts })

/** One line of JSON, for Workers Logs. Facts are ids and names, never documents, secrets or messages of unknown errors. */
export const log = (event: string, facts: Facts): void => {
  // biome-ignore lint/suspicious/noConsole: Workers Logs collects the console
  console.error(line(event, facts))
}

/** What goes as it should, beside what does not: a look at the errors alone does not show it. */
export const logUsual = (event: string, facts: Facts): void => {
  // biome-ignore lint/suspicious/noConsole: as above
  console.log(line(event, facts))
}
