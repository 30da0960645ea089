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

export const FRESHBOOKS: Side = {
  vendor: 'freshbooks',
  throttles: ['429', '429-bare', '429-text', '429-html', '503'],
}

export const WISE: Side = { vendor: 'wise', throttles: ['429', '429-bare', '429-json'] }

export const QUICKBOOKS: Side = {
  vendor: 'quickbooks',
  // Tokens are asked for by POST as well.
  writes: { method: 'POST', path: '/v3/company/' },
  throttles: ['429-json', '429-xml', '429-retry-after'],
}
