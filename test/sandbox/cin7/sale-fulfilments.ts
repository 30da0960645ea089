import type { Books } from './books'
import type { Sale } from './sale-model'

const STATUS: Record<string, string> = {
  PICKING: 'DRAFT',
  PICKED: 'AUTHORISED',
  PACKING: 'DRAFT',
  PACKED: 'AUTHORISED',
  SHIPPING: 'DRAFT',
  SHIPPED: 'AUTHORISED',
}

const status = (word: string): string => STATUS[word] ?? 'NOT AVAILABLE'

/** `Fulfilments` of a sale: one task once somebody has begun to pick, pack or ship. */
export const fulfilments = (books: Books, sale: Sale) => {
  const { picking, packing, shipping } = sale
  if ([picking, packing, shipping].every((word) => status(word) === 'NOT AVAILABLE')) return []
  const place = books.locations.all().find(({ Name }) => Name === sale.header.Location)
  const goods = sale.order.Lines.map(({ ProductID, SKU, Name, Quantity }) => ({
    ProductID,
    SKU,
    Name,
    Location: place?.Name ?? null,
    LocationID: place?.ID ?? null,
    Quantity: Number(Quantity),
    BatchSN: null,
    ExpiryDate: null,
  }))
  const lines = (word: string) => (status(word) === 'NOT AVAILABLE' ? [] : goods)
  return [
    {
      TaskID: sale.ID,
      FulfillmentNumber: 1,
      LinkedInvoiceNumber: sale.invoices[0]?.InvoiceNumber ?? null,
      FulFilmentStatus: shipping === 'SHIPPED' ? 'FULFILLED' : 'NOT FULFILLED',
      Pick: { Status: status(picking), Lines: lines(picking) },
      Pack: { Status: status(packing), Lines: lines(packing).map((line) => ({ ...line, Box: 'Box 1' })) },
      Ship: {
        Status: status(shipping),
        RequireBy: sale.header.ShipBy,
        ShippingNotes: sale.header.ShippingNotes,
        Lines: [],
      },
    },
  ]
}
