import type { Call, ReadApi } from '../../core/vendor'
import { post } from './client'

/** Pays a transfer from the profile's balance in its source currency. No key protects it from a repetition (sheet 9). */
export const fundCall = ({ account }: Pick<ReadApi, 'account'>, transfer: string): Call =>
  post('v3', '/profiles/{profile}/transfers/{transfer}/payments', { profile: account, transfer }, { type: 'BALANCE' })

export const isFunding = ({ method, path }: Call): boolean =>
  method === 'POST' && /\/transfers\/[^/]+\/payments$/.test(path)
