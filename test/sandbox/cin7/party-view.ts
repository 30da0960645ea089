import type { Party } from './model'
import { stamp } from './stamps'

export type Role = 'customer' | 'supplier'

export const partyView = (party: Party) => ({
  ID: party.ID,
  Name: party.Name,
  Currency: party.Currency,
  PaymentTerm: party.PaymentTerm,
  TaxRule: party.TaxRule,
  ...party.fields,
  Status: party.Status,
  LastModifiedOn: stamp(party.updated),
  Addresses: party.Addresses,
  Contacts: party.Contacts,
})

const customerView = (party: Party) => ({ ...partyView(party), CustomerParentName: null, ChildCustomers: [] })

export const viewOf = (role: Role): ((party: Party) => object) => (role === 'customer' ? customerView : partyView)
