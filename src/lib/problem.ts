import { z } from 'zod'

/** RFC 9457, with a stable `code` and, for bad input, where each problem stands. */
export const Problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>

export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Unauthorised',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Unprocessable',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  problems?: { path: string; message: string }[],
): ProblemError =>
  new ProblemError({
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(problems ? { problems } : {}),
  })

export const invalid = (problems: { path: string; message: string }[]): ProblemError =>
  problem(422, 'invalid', `${problems.length} problem${problems.length === 1 ? '' : 's'} in the request`, problems)

export const issuesOf = (error: z.core.$ZodError, prefix = ''): { path: string; message: string }[] =>
  error.issues.map((issue) => ({
    path: [prefix, ...issue.path.map(String)].filter(Boolean).join('.'),
    message: issue.message,
  }))
