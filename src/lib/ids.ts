import { ulid } from 'ulid'

/** Sortable by time of making. The prefix says what it is: `t_` tenant, `c_` connection, `i_` integration, `r_` record, … */
export const newId = (prefix: string, at: number): string => `${prefix}_${ulid(at).toLowerCase()}`
