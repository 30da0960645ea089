import { anyFlow } from '../../core/flow'
import type { Pair, ReferenceUse } from '../../core/pair'
import { balanceToTransaction } from './balance-to-transaction'
import { customerToRecipient } from './customer-to-recipient'
import { holdings } from './holdings'
import { invoiceToTransfer } from './invoice-to-transfer'
import { receiptToPayment } from './receipt-to-payment'
import { type Balance, lineAccounts, Settings } from './settings'
import { transferToTransaction } from './transfer-to-transaction'

const ofBalance = ({ balance, currency, account }: Balance, n: number): ReferenceUse[] => {
  const path = `settings.balances.${n}`
  const use = `currency:${currency}`
  return [
    { path: `${path}.balance`, side: 'target', kind: 'balance', code: balance, use },
    { path: `${path}.account`, side: 'source', kind: 'account', code: account, use },
    { path: `${path}.account`, side: 'source', kind: 'account', code: account, use: 'cash_and_bank' },
  ]
}

/** Wave Accounting ↔ Wise: what happens to the money at Wise is booked in Wave; what somebody asks for and somebody else approves is paid. */
export const waveWise: Pair = {
  name: 'wave-wise',
  source: 'wave',
  target: 'wise',
  flows: [
    anyFlow(customerToRecipient),
    anyFlow(invoiceToTransfer),
    anyFlow(transferToTransaction),
    anyFlow(receiptToPayment),
    anyFlow(balanceToTransaction),
  ],
  settings: Settings,

  references(given) {
    const settings = Settings.parse(given)
    const account = (path: string, code: string): ReferenceUse => ({ path, side: 'source', kind: 'account', code })
    return [
      ...settings.balances.flatMap(ofBalance),
      ...lineAccounts(settings).map(([name, code]) => account(`settings.${name}`, code)),
      ...settings.rules.map((rule, n) => account(`settings.rules.${n}.account`, rule.account)),
    ]
  },

  mappings: {},
  holdings,

  // New transfers; how known ones stand is told by webhooks, and compared once a day.
  schedule: '0 * * * *',
}
