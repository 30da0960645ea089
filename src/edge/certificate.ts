import { z } from 'zod'

/** What Cloudflare says of the certificate that a client showed; the zone has to ask for one (mTLS in its settings). */
const Shown = z.object({
  certPresented: z.literal('1'),
  certVerified: z.literal('SUCCESS'),
  certRevoked: z.literal('0'),
})

/** Whether the sender showed a certificate that the zone's own authority has signed and nobody has revoked. */
export const isCertified = (request: Request): boolean => Shown.safeParse(request.cf?.tlsClientAuth).success
