import type { Product } from './model'
import { stamp } from './stamps'

const TIERS = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`Tier ${n + 1}`, 0]))

export const productView = (product: Product) => {
  const { onHand: _onHand, allocated: _allocated, updated, ...fields } = product
  return {
    ...fields,
    DropShipMode: 'No Drop Ship',
    DefaultLocation: null,
    Barcode: null,
    PriceTiers: TIERS,
    AverageCost: 0,
    ShortDescription: null,
    InternalNote: '',
    AttributeSet: null,
    Tags: '',
    COGSAccount: null,
    ExpenseAccount: null,
    InventoryAccount: null,
    LastModifiedOn: stamp(updated),
    Sellable: true,
    Suppliers: [],
    Movements: [],
    Attachments: [],
  }
}
