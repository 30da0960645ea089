import { since, until } from '../stage'
import type { WiseFirm } from './set-up'

const FLOW = 'wave-wise/transfer-to-transaction'

interface Books {
  wave: { transactions: { graphId: string; externalId: string }[] }
}

/** A Wave transaction cannot be read again, so one without an answer is never sent again by itself. */
export const answerIsLost = async (firm: WiseFirm): Promise<void> => {
  const { admin, world, tenant, screen } = firm
  screen.step('Wave books a transaction, and its answer is lost')
  await world.fault({ vendor: 'wave', body: 'moneyTransactionCreate', kind: 'drop-after' })
  const transfer = await paidOnWise(firm)
  const row = await until(firm, FLOW, transfer, ['uncertain', 'done'])
  if (row.state !== 'uncertain') throw new Error(`expected an unknown outcome, got ${row.state}`)
  screen.bad(row.text)
  screen.note(`What to do: ${row.remedy}`)
  const before = await transactionsOf(firm)
  const made = before.find(({ externalId }) => externalId.includes(`:${transfer}:`))
  const started = Date.now()
  await admin.call('POST', `/v1/tenants/${tenant}/records/${row.id}/adopt`, { targetId: made?.graphId })
  await until(firm, FLOW, transfer, ['done'])
  screen.good(`a person has looked in Wave and found it: adopted in ${since(started)} s`)
  await admin.call('POST', `/v1/tenants/${tenant}/records/${row.id}/replay`, {})
  await new Promise((wait) => setTimeout(wait, 2_000))
  const after = (await transactionsOf(firm)).length
  if (after !== before.length) throw new Error(`expected ${before.length} transactions in Wave, found ${after}`)
  screen.good(`replayed once more: still ${after} transactions in Wave`)
}

const transactionsOf = async ({ world }: WiseFirm) => (await world.dump<Books>()).wave.transactions

/** Somebody pays on wise.com, and not through us. */
const paidOnWise = async ({ world, recipient }: WiseFirm): Promise<string> => {
  const form = { recipient, sourceCurrency: 'USD', sourceAmount: 250, reference: 'rent' }
  const transfer = String((await world.act<{ id: number }>('wise', 'create-transfer', form)).id)
  await world.act('wise', 'fund-transfer', { transfer })
  return transfer
}
