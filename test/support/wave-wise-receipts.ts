import { news, tell, type WiseBooks } from './wave-wise'

export interface Invoice {
  id: string
  graphId: string
}

/** An approved invoice of the one customer, open over all of it. */
export const bill = ({ world }: WiseBooks, number: string, unitPrice: string): Promise<Invoice> =>
  world.act('wave', 'create-invoice', {
    items: [{ product: 'Misc. Services', quantity: '1', unitPrice }],
    number,
    currency: 'USD',
    status: 'SAVED',
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
  })

/** Money arrives in the USD balance, and Wise tells of it. */
export const receive = async (books: WiseBooks, amount: string, paymentReference?: string): Promise<Request[]> => {
  await books.world.act('wise', 'top-up', { currency: 'USD', amount, ...(paymentReference && { paymentReference }) })
  const told = (await news(books)).filter(({ url }) => url.includes('/wise/'))
  await tell(books, told)
  return told
}
