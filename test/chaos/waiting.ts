import { setTimeout as sleep } from 'node:timers/promises'

export { sleep }

/** Tries once more after each failure; the last one is thrown. */
export const again = async <T>(call: () => Promise<T>, tries = 40): Promise<T> => {
  for (let left = tries; ; left -= 1)
    try {
      return await call()
    } catch (thrown) {
      if (left <= 1) throw thrown
      await sleep(500)
    }
}

/** Whether it became true in time. */
export const until = async (isSo: () => Promise<boolean>, limitMs: number, everyMs = 300): Promise<boolean> => {
  const limit = Date.now() + limitMs
  for (;;) {
    if (await isSo()) return true
    if (Date.now() > limit) return false
    await sleep(everyMs)
  }
}

/** At most so many at once; answers in the order of the list. */
export const pooled = async <T, R>(list: T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> => {
  const answers = new Map<number, R>()
  const waiting = list.map((item, at) => ({ item, at })).values()
  const lane = async () => {
    for (const { item, at } of waiting) answers.set(at, await work(item))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return list.flatMap((_, at) => {
    const answer = answers.get(at)
    return answer === undefined ? [] : [answer]
  })
}
