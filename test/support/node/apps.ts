import { randomBytes } from 'node:crypto'

/** By vendor. */
export type Apps = Record<string, { clientId: string; clientSecret: string; webhookSecret: string }>

export const secret = (): string => randomBytes(32).toString('base64url')

/** The apps that the deployment has at vendors which are connected by consent; the simulators are told of them. */
export const newApps = (): Apps =>
  Object.fromEntries(
    ['quickbooks', 'freshbooks'].map((vendor) => [
      vendor,
      { clientId: `local-${vendor}`, clientSecret: secret(), webhookSecret: secret() },
    ]),
  )

/** As the worker has them in its environment. */
export const appSecrets = (apps: Apps): Record<string, string> =>
  Object.fromEntries(
    Object.entries(apps).flatMap(([vendor, { clientId, clientSecret, webhookSecret }]) => [
      [`${vendor.toUpperCase()}_CLIENT_ID_SANDBOX`, clientId],
      [`${vendor.toUpperCase()}_CLIENT_SECRET_SANDBOX`, clientSecret],
      [`${vendor.toUpperCase()}_WEBHOOK_SECRET_SANDBOX`, webhookSecret],
    ]),
  )
