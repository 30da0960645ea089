import type { Verbs } from '../call'
import { journalRoutes } from './journals'
import { moneyListRoutes } from './money-list'
import { operationRoutes } from './operations'
import { transactionRoutes } from './transactions'
import { transferRoutes } from './transfers'

export const financeTree: Record<string, Verbs> = {
  '/journal': journalRoutes,
  '/moneytasklist': moneyListRoutes,
  '/moneyoperation': operationRoutes,
  '/banktransfer': transferRoutes,
  '/transactions': transactionRoutes,
}
