const OBJECTS = [
  'bill_payments',
  'bill_vendors',
  'billable_items',
  'bills',
  'business',
  'clients',
  'credit_notes',
  'estimates',
  'expenses',
  'invoices',
  'journal_entries',
  'notifications',
  'online_payments',
  'other_income',
  'payments',
  'profile',
  'projects',
  'reports',
  'retainers',
  'taxes',
  'teams',
  'time_entries',
]
const READ_ONLY = ['notifications', 'profile', 'reports']

export const PROFILE = 'user:profile:read'

/** Everything that exists (sheet 1). */
export const ALL_SCOPES = OBJECTS.flatMap((object) => [
  `user:${object}:read`,
  ...(READ_ONLY.includes(object) ? [] : [`user:${object}:write`]),
])

/** The profile is always granted. */
export const withProfile = (scopes: string[]): string[] => [...new Set([PROFILE, ...scopes])]
