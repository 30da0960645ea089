import { describe, expect, it } from 'vitest'
import { quickbooksCin7 } from '../../../src/pairs/quickbooks-cin7'
import { Settings } from '../../../src/pairs/quickbooks-cin7/settings'
import { ABROAD, settings } from './samples'

describe('the settings of quickbooks-cin7', () => {
  it('say what is missing, in words', () => {
    const { error } = Settings.safeParse({})
    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['accountPayable', 'the id of the QuickBooks account for payables in the home currency, e.g. "33"'],
      ['tax', 'realm: "us" where the QuickBooks company is in the United States, otherwise "other"'],
    ])
  })

  it('do not carry orders, deactivate, delete or allow anything by themselves', () => {
    expect(Settings.parse({ accountPayable: '33', tax: { realm: 'us' } })).toMatchObject({
      items: 'never',
      suppliers: { suffix: '', deprecated: 'leave' },
      bills: { number: 'invoice', duplicates: 'refuse', voided: 'leave' },
    })
    expect(settings().orders).toMatchObject({ wins: 'ask', voided: 'leave' })
  })

  it('name everything of QuickBooks’ that has to exist', () => {
    const given = settings({
      ...ABROAD,
      accountsPayable: { EUR: '34' },
      rounding: { account: '99', limit: '0.05' },
    })
    expect(quickbooksCin7.references(given).map(({ path, kind, code, use }) => [path, kind, code, use])).toEqual([
      ['settings.accountPayable', 'account', '33', 'payable'],
      ['settings.accountsPayable.EUR', 'account', '34', 'payable'],
      ['settings.accountsPayable.EUR', 'account', '34', 'currency:EUR'],
      ['settings.tax.noTaxCode', 'tax-code', '7', 'purchase'],
      ['settings.orders.account', 'account', '80', undefined],
      ['settings.rounding.account', 'account', '99', undefined],
    ])
    expect(quickbooksCin7.references(settings()).every(({ side }) => side === 'target')).toBe(true)
  })

  it('take a purchase through its flows in the order that its documents need', () => {
    expect(quickbooksCin7.flows.map(({ name }) => name.replace('quickbooks-cin7/', ''))).toEqual([
      'supplier-to-vendor',
      'purchase-to-bill',
      'credit-note-to-vendor-credit',
      'purchase-to-order',
      'order-to-purchase',
    ])
  })
})
