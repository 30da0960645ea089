import type { Lookups } from '../../../src/core/flow'
import { Settings } from '../../../src/pairs/wave-wise/settings'
import { KnownMovement } from '../../../src/vendors/wise/movement-source'
import { type TransferTold, transferTidings } from '../../../src/vendors/wise/tidings'
import { TransferShape } from '../../../src/vendors/wise/transfer-reads'
import type { TransferStory } from '../../../src/vendors/wise/transfer-story'
import { transfer } from '../../vendors/wise/samples'

export const TRANSFER = '47500002'
const PROFILE = '14599371'
export const at = (time: string): number => Date.parse(`2026-03-0${time}Z`)

export const settings = (over: object = {}): Settings =>
  Settings.parse({
    balances: [
      { balance: '200001', currency: 'USD', account: 'wise-usd' },
      { balance: '200002', currency: 'EUR', account: 'wise-eur' },
    ],
    payoutAccount: 'payouts',
    feeAccount: 'fees',
    fxAccount: 'fx',
    clearingAccount: 'clearing',
    ...over,
  })

export const lookups = (over: Partial<Lookups> = {}): Lookups => ({
  mapped: () => undefined,
  linked: () => undefined,
  variants: [],
  sourceAccount: { id: PROFILE, baseCurrency: null },
  targetAccount: { id: 'business', baseCurrency: 'USD', timeZone: 'UTC' },
  ...over,
})

export const movement = (over: Partial<KnownMovement> = {}): KnownMovement =>
  KnownMovement.parse({
    profile: PROFILE,
    balance: '200001',
    step: '77',
    direction: 'debit',
    amount: '1000',
    currency: 'USD',
    after: '24000',
    reference: TRANSFER,
    transfer: TRANSFER,
    channel: 'TRANSFER',
    at: at('2T15:20:00'),
    ours: true,
    note: null,
    ...over,
  })

/** Money that moved for the transfer, as it was told. */
export const moved = (over: Partial<KnownMovement> = {}): TransferTold => {
  const { ours: _, note: __, ...plain } = movement(over)
  return { kind: 'movement', transfer: TRANSFER, at: plain.at, movement: plain }
}

export const returned = (over: Partial<KnownMovement> = {}): TransferTold =>
  moved({ direction: 'credit', step: '90', at: at('5T09:00:00'), after: '25000', ...over })

export const failed = (words = 'The account number does not exist'): TransferTold => ({
  kind: 'payout failure',
  transfer: TRANSFER,
  at: at('4T09:00:00'),
  code: 'WRONG_ACCOUNT_NUMBER',
  words,
})

/** 1000 USD of which 994.85 are converted to 916.75 EUR. */
export const story = (status: string, told: TransferTold[] = [], over: Partial<TransferStory> = {}): TransferStory => ({
  transfer: TransferShape.parse(transfer({ status })),
  payments: [{ id: '5', method: 'BALANCE', amount: '1000', currency: 'USD', timeCreated: '2026-03-02T15:20:00.000Z' }],
  told,
  ...over,
})

/** The key under which it is kept: the order of a story does not depend on the order of arrival. */
export const keyOf = (told: TransferTold): string => {
  if (told.kind === 'movement') return `${new Date(told.at).toISOString()} movement ${told.movement.step}`
  return transferTidings(told).key
}
