/**
 * Where something went wrong, for the log: name and stack frames. The message stays out, because those of Drizzle and of
 * GraphQL clients carry parameters, and so documents and secrets (platform sheet 7).
 */
export const trace = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return typeof thrown
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [thrown.name, ...frames.slice(0, 8).map((frame) => frame.trim())].join(' ')
}
