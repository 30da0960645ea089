/**
 * Work that has so long, on the real clock; then its signal is aborted. The timer ends with the work, which `AbortSignal.timeout` does
 * not: a pending one keeps the object awake, which is billed, and 10,000 at once are refused by the platform (bench `drain`).
 */
export const within = async <T>(ms: number, work: (late: AbortSignal) => Promise<T>): Promise<T> => {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new DOMException('took too long', 'TimeoutError')), ms)
  try {
    return await work(late.signal)
  } finally {
    clearTimeout(timer)
  }
}
