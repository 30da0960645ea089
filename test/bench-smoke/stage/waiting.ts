export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** So many at a time. */
export const spread = async <T>(items: T[], atOnce: number, run: (item: T) => Promise<unknown>): Promise<void> => {
  const left = items.values()
  const lane = async () => {
    for (const item of left) await run(item)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))
