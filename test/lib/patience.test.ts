import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { within } from '../../src/lib/patience'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = (late: AbortSignal) =>
  new Promise<never>((_, reject) => late.addEventListener('abort', () => reject(late.reason)))

it('work that takes too long is stopped, and its error says so', async () => {
  const work = expect(within(1_000, never)).rejects.toMatchObject({ name: 'TimeoutError' })
  await vi.advanceTimersByTimeAsync(1_000)
  await work
})

it('no timer is left behind, whether the work came to its end or failed', async () => {
  expect(await within(60_000, async () => 'answer')).toBe('answer')
  await expect(within(60_000, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(vi.getTimerCount()).toBe(0)
})
