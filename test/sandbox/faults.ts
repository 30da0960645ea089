import { z } from 'zod'

/**
 * A fault waits for calls that match and strikes `times` of them after letting `skip` pass.
 * `drop-before` never reaches the vendor; `drop-after` commits and loses the answer; `cut-body` commits and breaks off in the
 * middle of the body; `hang` commits and never answers; `throttled` is the vendor's own refusal in the named form.
 */
export const Fault = z.object({
  vendor: z.string(),
  method: z.string().optional(),
  /** Part of the vendor's path, case ignored. */
  path: z.string().optional(),
  /** Part of the request body: picks one GraphQL operation, or one record. */
  body: z.string().optional(),
  kind: z.enum(['latency', 'status', 'html', 'throttled', 'drop-before', 'drop-after', 'cut-body', 'hang']),
  ms: z.number().default(0),
  status: z.number().default(500),
  form: z.string().default('429'),
  times: z.number().default(1),
  skip: z.number().default(0),
})
export type Fault = z.infer<typeof Fault>

interface Call {
  vendor: string
  method: string
  path: string
  body: string
}

const matches = (fault: Fault, call: Call): boolean =>
  fault.vendor === call.vendor &&
  (fault.method ?? call.method) === call.method &&
  call.path.toLowerCase().includes((fault.path ?? '').toLowerCase()) &&
  call.body.includes(fault.body ?? '')

/** The fault that strikes this call, if any; counts it down. */
export const strike = (faults: Fault[], call: Call): Fault | undefined => {
  for (const fault of faults) {
    if (fault.times === 0 || !matches(fault, call)) continue
    if (fault.skip > 0) {
      fault.skip -= 1
      continue
    }
    fault.times -= 1
    return fault
  }
  return undefined
}
