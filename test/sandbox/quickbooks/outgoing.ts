import type { Delivery, OutgoingRequest } from '../vendor'
import { pacific } from './stamps'

/** base64(HMAC-SHA256(verifier token, raw body)); no time is signed (sheet 15). */
const signature = async (verifierToken: string, body: string): Promise<string> => {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(verifierToken), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, bytes.encode(body))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

/** `2016-02-02T16:25:00-0800`: the legacy header's offset has no colon. */
const legacyStamp = (now: number): string => pacific(now).replace(/:(\d{2})$/, '$1')

export const outgoing = async (delivery: Delivery, now: number, tampered: boolean): Promise<OutgoingRequest> => {
  const { verifierToken = '', format, contentType = 'application/json' } = delivery.meta
  const legacy = { 'intuit-created-time': legacyStamp(now), 'intuit-notification-schema-version': '0.1' }
  return {
    url: delivery.url,
    method: 'POST',
    headers: {
      'content-type': contentType,
      'user-agent': 'intuit_notification_server/0.1',
      'intuit-t-id': crypto.randomUUID(),
      'intuit-signature': await signature(tampered ? `${verifierToken}-not` : verifierToken, delivery.body),
      ...(format === 'legacy' ? legacy : {}),
    },
    body: delivery.body,
  }
}
