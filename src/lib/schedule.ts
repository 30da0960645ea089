import { Cron } from 'croner'

const LEAST_S = 60
const MOST_S = 366 * 86_400

/** A schedule is a cron expression (UTC) or a number of seconds. */
export const isSchedule = (text: string): boolean => {
  if (/^\d+$/.test(text)) return Number(text) >= LEAST_S && Number(text) <= MOST_S
  try {
    return new Cron(text, { timezone: 'UTC' }).nextRun() !== null
  } catch {
    return false
  }
}

/** The first time after `now` (milliseconds). */
export const nextDue = (schedule: string, now: number): number => {
  if (/^\d+$/.test(schedule)) return now + Number(schedule) * 1000
  return new Cron(schedule, { timezone: 'UTC' }).nextRun(new Date(now))?.getTime() ?? now + 3_600_000
}
