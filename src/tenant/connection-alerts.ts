import type { Failure } from '../core/failure'
import { now } from '../lib/clock'
import type { Alerts } from './alerts'

/** D1 shows the state of the connection by it (store/journal.ts). */
export const reconnectAlert = (alerts: Alerts, connection: string, failure: Failure | undefined): void => {
  const cause = `reconnect/${connection}`
  if (!failure) alerts.resolve(cause, now())
  else
    alerts.raise({
      cause,
      kind: 'reconnect',
      integration: '',
      text: failure.message,
      remedy: failure.remedy,
      at: now(),
    })
}

export const breakerAlert = (alerts: Alerts, connection: string, open: boolean): void => {
  const cause = `breaker/${connection}`
  if (!open) alerts.resolve(cause, now())
  else
    alerts.raise({
      cause,
      kind: 'breaker_open',
      integration: '',
      text: `the vendor behind connection ${connection} has failed several times in a row`,
      remedy: 'It is left alone for a while and then tried again; see the vendor’s status page. Records wait.',
      at: now(),
    })
}
