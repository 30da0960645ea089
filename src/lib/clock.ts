/**
 * The one clock. In production it is the real one. Under the var `DEV_CLOCK` (development only) it can run faster, and tests
 * move it, so that an hour of rate limits takes seconds. Alarms are set in real time, so they are converted.
 */
const seam = { offset: 0, scale: 1, origin: 0, pause: (ms: number): Promise<void> => sleep(ms) }

export const now = (): number => Math.floor(seam.origin + (Date.now() - seam.origin) * seam.scale + seam.offset)

/** When, on the real clock, it will be `at` on ours: for alarms and sleeps. */
export const realTime = (at: number): number => Math.ceil(seam.origin + (at - seam.offset - seam.origin) / seam.scale)

export const realSpan = (ms: number): number => Math.ceil(ms / seam.scale)

const sleep = (ms: number): Promise<void> => scheduler.wait(Math.max(0, realSpan(ms)))

/** Waits on our clock. For short pauses only: a longer wait is an alarm. */
export const pause = (ms: number): Promise<void> => seam.pause(ms)

/** Development and tests. */
export const moveClock = (ms: number): void => {
  seam.offset += ms
}

/** Tests let time pass instead of waiting for it. */
export const passTimeBy = (pass: (ms: number) => Promise<void>): void => {
  seam.pause = pass
}

/** `DEV_CLOCK` = `scale@origin`, e.g. `60@1764000000000`: sixty times as fast since then. */
export const setClock = (text: string | undefined): void => {
  const [scale, origin] = (text ?? '').split('@').map(Number)
  if (!scale || !origin) return
  seam.scale = scale
  seam.origin = origin
}
