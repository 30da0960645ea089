import type { Side } from './scene'

export const WAVE: Side = { vendor: 'wave', throttles: ['429', '429-bare'] }

export const CIN7: Side = {
  vendor: 'cin7',
  writes: { method: 'POST' },
  throttles: ['429', '429-bare', '503', '400'],
  listLag: 'cin7.listLagMs',
}

export const ACUMATICA: Side = {
  vendor: 'acumatica',
  writes: { method: 'PUT' },
  throttles: ['429', '429-json', '429-empty', '429-retry-after'],
}
