export interface Subscription {
  id: string
  name: string
  event: string
  version: string
  url: string
  scope: { domain: 'profile' | 'application'; id: string }
  createdBy: string
  createdAt: number
}

/** One event on its way to one subscription. */
export interface Notification {
  id: string
  deliveryId: string
  subscription: string
  event: string
  url: string
  body: string
  test: boolean
  attempts: { at: number; status: number | null }[]
  /** When it goes (again); `null` when it is on its way, arrived, or given up. */
  dueAt: number | null
  state: 'waiting' | 'sent' | 'arrived' | 'given-up'
}
