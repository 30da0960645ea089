import { PROFILE } from '../../support/wave-wise-firm'
import { again, until } from '../waiting'
import type { WaveWise } from './office'

const pathOf = ({ tenant, integration }: WaveWise): string => `/v1/tenants/${tenant}/integrations/${integration}`

/** As often as it takes. One that has been taken although nobody said so is refused the second time. */
const TAKEN = [200, 409]

const ask = (office: WaveWise, method: string, what: string, body: object): Promise<void> =>
  again(async () => {
    const { status } = await office.ada.ask(method, `${pathOf(office)}/${what}`, body)
    if (!TAKEN.includes(status)) throw new Error(`${what}: ${status}`)
  })

export const askForPayment = (office: WaveWise, invoiceId: string): Promise<void> =>
  ask(office, 'POST', 'transfers', { invoiceId })

export const enterRecipient = (office: WaveWise, customerId: string, accountHolderName: string): Promise<void> =>
  ask(office, 'PUT', 'recipients', { customerId, profile: { ...PROFILE, accountHolderName } })

const LIMIT_MS = 60_000

/** Lena can be paid, as it is after the first days. */
export const settleIn = async (office: WaveWise): Promise<void> => {
  await enterRecipient(office, office.customer, PROFILE.accountHolderName)
  const path = `/v1/tenants/${office.tenant}/records?flow=wave-wise/customer-to-recipient`
  const isDone = async () => {
    const { items } = await office.admin.call<{ items: { state: string }[] }>('GET', path)
    return items.some(({ state }) => state === 'done')
  }
  if (!(await until(isDone, LIMIT_MS))) throw new Error('Lena is no recipient after a minute')
}
