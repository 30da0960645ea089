import type { Delivery, OutgoingRequest } from '../vendor'

/** The static header is the only authentication; nothing is signed (sheet 11). Spoiled, it has another value. */
export const outgoing = async (delivery: Delivery, _now: number, tampered: boolean): Promise<OutgoingRequest> => {
  const { header, secret = '' } = delivery.meta
  const value = tampered ? `${secret}-not` : secret
  return {
    url: delivery.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === undefined ? {} : { [header]: value }) },
    body: delivery.body,
  }
}
