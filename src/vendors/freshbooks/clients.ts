import { z } from 'zod'
import type { Source } from '../../core/flow'
import { id, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromEastern, stamp } from './stamps'

/** A client as it was read. `p_…` is the billing address, `s_…` the shipping address; countries and provinces are words. */
export const Client = z.object({
  id,
  /** Falls back to the e-mail. */
  organization: text,
  fname: text,
  lname: text,
  email: text,
  bus_phone: text,
  mob_phone: text,
  /** '' = none of its own. */
  currency_code: text,
  p_street: text,
  p_street2: text,
  p_city: text,
  p_province: text,
  p_code: text,
  p_country: text,
  s_street: text,
  s_street2: text,
  s_city: text,
  s_province: text,
  s_code: text,
  s_country: text,
  vat_number: text,
  updated: stamp,
  vis_state: visState,
})
export type Client = z.infer<typeof Client>

/** What people call it: the organization, else the person, else the e-mail. */
export const clientName = ({ organization, fname, lname, email, id }: Client): string =>
  [organization, `${fname} ${lname}`, email].map((name) => name.trim()).find((name) => name !== '') ?? `client ${id}`

/** Clients of the account, archived ones too. Deleting one moves its stamp. */
export const clients: Source<Client> = sourceOf({
  type: 'client',
  rest: 'users/clients',
  single: 'client',
  head: Client,
  record: Client,
  id: (client) => client.id,
  version: ({ updated }) => fromEastern(updated),
  number: clientName,
  date: () => null,
  row: ({ vis_state, updated }) => `${vis_state} ${updated}`,
  stamp: ({ updated }) => updated,
  filtered: true,
  deleted: false,
  terms: (client) => ({ kind: 'named', code: '', name: clientName(client), currency: client.currency_code }),
})
