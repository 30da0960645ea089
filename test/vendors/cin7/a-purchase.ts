import { expect } from 'vitest'
import type { Target, TargetRef } from '../../../src/core/flow'
import type { PurchaseDraft } from '../../../src/vendors/cin7/service-purchases'
import { at, idAt, type Rig } from '../../sandbox/cin7/rig'
import type { Writing } from '../../support/on-simulator'
import { client } from './with-cin7'

export const MARKER = 'mlc:freshbooks-cin7/bill-to-purchase:bill-7:bill:g1'

export const supplierId = (rig: Rig, name = 'Bayside'): string => {
  const list = at(rig.ok('GET', `/supplier?Name=${name}`), 'SupplierList')
  return idAt(list, 0, 'ID')
}

/** A bill over 40.00 of advertising and 10.00 of bank fees, with two taxes. */
export const aBill = (rig: Rig, change: Partial<PurchaseDraft> = {}): PurchaseDraft => ({
  kind: 'service',
  supplierId: supplierId(rig),
  currency: 'USD',
  location: 'Main Warehouse',
  taxRule: 'Tax on Purchases',
  taxInclusive: false,
  terms: '30 days',
  rate: '1',
  requiredBy: '',
  memo: 'FreshBooks bill 7',
  attributes: {},
  invoiceNumber: 'SUP-7',
  date: '2026-02-20',
  dueDate: '2026-03-22',
  lines: [],
  charges: [
    {
      description: 'Posters',
      quantity: '2',
      price: '20',
      tax: '4',
      taxRule: 'Tax on Purchases',
      account: '400',
      comment: 'A1',
      total: '40',
    },
    {
      description: 'Fees',
      quantity: '1',
      price: '10',
      tax: '0',
      taxRule: 'Tax Exempt',
      account: '404',
      comment: '',
      total: '10',
    },
  ],
  beforeTax: '50',
  tax: '4',
  total: '54',
  ...change,
})

/** The same bill over 60.00 of advertising, with 6.00 of tax. */
export const dearerBill = (rig: Rig, change: Partial<PurchaseDraft> = {}): PurchaseDraft => {
  const [posters, fees] = aBill(rig).charges
  if (!posters || !fees) throw new Error('two charges')
  const charges = [{ ...posters, quantity: '3', tax: '6', total: '60' }, fees]
  return aBill(rig, { charges, beforeTax: '70', tax: '6', total: '76', ...change })
}

/** One write of a target, on the simulator. */
export const writes = <D>(rig: Rig, target: Target<D>, marker = MARKER) => ({
  async create(draft: D, writing: Writing = {}) {
    const run = client(rig, { marker, ...writing })
    return { ...run, ref: await target.create(run.api, draft) }
  },
  async update(ref: TargetRef, draft: D, writing: Writing = {}) {
    if (!target.update) throw new Error('it can be changed')
    const run = client(rig, { marker, ...writing })
    return { ...run, ref: await target.update(run.api, ref, draft) }
  },
  async remove(ref: TargetRef, how?: string, writing: Writing = {}) {
    if (!target.remove) throw new Error('it can be taken back')
    const run = client(rig, { marker, ...writing })
    await target.remove(run.api, ref, how)
    return run
  },
})

/** The purchase as Cin7 shows it. */
export const shown = (rig: Rig, id: string): unknown => rig.ok('GET', `/advanced-purchase?ID=${id}`)

export const howMany = (rig: Rig): unknown => at(rig.ok('GET', '/purchaseList'), 'Total')

/** A write that stops because nobody knows whether a step happened. */
export const uncertain = (written: Promise<unknown>) =>
  expect(written).rejects.toMatchObject({ failure: { kind: 'uncertain' } })
