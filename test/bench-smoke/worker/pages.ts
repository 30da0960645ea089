import { z } from 'zod'

interface Env {
  /** Where the real simulator of this connection is. */
  SIMULATOR: string
  ROWS: string
}

const Asked = z.object({
  operationName: z.string().optional(),
  variables: z.object({ page: z.number(), pageSize: z.number(), after: z.string().nullable() }).partial().optional(),
})
const Node = z.looseObject({ id: z.string(), modifiedAt: z.string(), invoiceNumber: z.string() })
const List = z.object({
  data: z.object({
    business: z.object({
      id: z.string().optional(),
      invoices: z.object({ pageInfo: z.looseObject({}), edges: z.array(z.object({ node: Node })).min(1) }),
    }),
  }),
})
type List = z.infer<typeof List>

const FIRST = Date.parse('2026-02-01T00:00:00Z')
const asked = { pages: 0, last: 0 }

/**
 * In front of the Wave simulator: its own list answer, with one row of it repeated under other ids and stamps, so that a list of
 * any length costs nothing to keep. Every other call goes through.
 */
export default {
  async fetch(request, { SIMULATOR, ROWS }): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    if (pathname === '/_asked') return Response.json(asked)
    const body = await request.text()
    const { method, headers } = request
    const answer = await fetch(`${SIMULATOR}${pathname}${search}`, { method, headers, ...(body && { body }) })
    const { operationName, variables } = Asked.safeParse(safeJson(body)).data ?? {}
    if (operationName !== 'Invoices') return answer
    return Response.json(pageOf(List.parse(await template(answer)), { ...variables }, Number(ROWS)))
  },
} satisfies ExportedHandler<Env>

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

let known: unknown

/** A page that was empty says nothing of what a row looks like. */
const template = async (answer: Response): Promise<unknown> => {
  const fresh: unknown = await answer.json()
  if (List.safeParse(fresh).success) known ??= fresh
  return known
}

type Window = { page?: number | undefined; pageSize?: number | undefined; after?: string | null | undefined }

/** Sorted by stamp, a second apart, as the simulator would answer. */
const pageOf = (list: List, { page = 1, pageSize = 50, after }: Window, rows: number): List => {
  const { business } = list.data
  const [first] = business.invoices.edges
  const begin = after ? Math.max(0, Math.floor((Date.parse(after) - FIRST) / 1_000) + 1) : 0
  const from = begin + (page - 1) * pageSize
  const numbers = Array.from({ length: Math.max(0, Math.min(pageSize, rows - from)) }, (_, n) => from + n)
  const edges = first ? numbers.map((n) => ({ node: numbered(first.node, n) })) : []
  asked.pages += 1
  asked.last = Math.max(asked.last, from + numbers.length)
  const totalPages = Math.max(1, Math.ceil((rows - begin) / pageSize))
  const pageInfo = { ...business.invoices.pageInfo, currentPage: page, totalCount: rows - begin, totalPages }
  return { data: { business: { ...business, invoices: { pageInfo, edges } } } }
}

/** Ids are `Business:uuid;Invoice:number`, in base64. */
const numbered = (node: z.infer<typeof Node>, n: number): z.infer<typeof Node> => ({
  ...node,
  id: btoa(atob(node.id).replace(/Invoice:\d+/, `Invoice:${9_000_000_000 + n}`)),
  invoiceNumber: String(n + 1),
  modifiedAt: new Date(FIRST + n * 1_000).toISOString(),
})
