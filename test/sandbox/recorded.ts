/** One call as it was answered; `fault` names what was done to it. */
export interface Recorded {
  n: number
  at: number
  vendor: string
  method: string
  path: string
  query: string
  /** GraphQL operation, where the body names one. */
  operation?: string
  status: number
  fault?: string
}
