import { z } from 'zod'
import { OAuthApp, OAuthCredentials } from '../../core/vendor'

/** `<GUID>@<login name of the tenant>`, as the form Connected Applications shows it (sheet 3). */
const clientId = z
  .string()
  .trim()
  .regex(/^[0-9a-f-]{36}@.+$/i, 'the client id as Acumatica shows it: GUID@Tenant')

const App = OAuthApp.extend({ clientId })

/**
 * The connected application of the instance, alone (a consent follows) or with a user and password for unattended set-up (sheet 3);
 * `oauth` is made by either. Sign-in by cookie is being withdrawn by the vendor and not built.
 */
export const Credentials = z.discriminatedUnion('kind', [
  App.extend({ kind: z.literal('app') }),
  App.extend({ kind: z.literal('password'), username: z.string().min(1), password: z.string().min(1) }),
  OAuthCredentials.extend(App.shape),
])
export type Credentials = z.infer<typeof Credentials>

/** The client id alone selects the tenant (sheet 3). */
export const tenantOf = (clientId: string): string => clientId.slice(clientId.indexOf('@') + 1)
