import { z } from 'zod'
import { type Act, act, InProfile, profileOf } from './acting'
import { announce, sendTest } from './deliveries'
import { rotateKey, signingKey } from './key-pair'
import { must, save } from './model'
import { answered, deliverDue } from './sending'

const sendTests = act(z.object({ subscription: z.string().optional() }), (book, { subscription }) => {
  const wanted = book.subscriptions.all().filter(({ id }) => id === (subscription ?? id))
  for (const one of wanted) sendTest(book, one)
  return wanted.map(({ id }) => id)
})

/** The old web form's probe: unsigned, a body with only a message (sheet 11). */
const probe = act(z.object({ url: z.string() }), ({ world }, { url }) =>
  world.deliver({ event: 'probe', url, meta: {}, body: JSON.stringify({ message: 'Test notification' }) }),
)

/** Any event by hand, with data as given. */
const emit = act(
  InProfile.extend({ event: z.string(), data: z.record(z.string(), z.unknown()) }),
  (book, { profile, event, data }) => announce(book, event, profileOf(book, profile).id, () => data),
)

/** Tells Wise what its receiver said, where the test took the delivery; a failure brings it back on the plan. */
const tell = act(
  z.object({ deliveryId: z.string(), status: z.number().nullable().default(null) }),
  (book, { deliveryId, status }) => {
    const sent = book.notifications.all().find((one) => one.deliveryId === deliveryId && one.state === 'sent')
    return answered(book, must(sent, `delivery ${deliveryId} on its way`), status)
  },
)

/** The subscription moves to another address, without a test call. */
const redirect = act(z.object({ subscription: z.string(), url: z.string() }), (book, { subscription, url }) =>
  save(book.subscriptions, { ...must(book.subscriptions.get(subscription), subscription), url }),
)

export const hookActs: Record<string, Act> = {
  'public-key': (book) => ({ publicKey: signingKey(book).publicKey }),
  'rotate-key': async (book) => ({ publicKey: (await rotateKey(book)).publicKey }),
  'test-notification': sendTests,
  'web-form-probe': probe,
  emit,
  'delivery-answered': tell,
  'deliver-due': deliverDue,
  'redirect-subscription': redirect,
  /** Nothing but the clock: runs what is due. */
  tick: () => null,
}
