import { z } from 'zod'

interface Env {
  DB: D1Database
}

const Asked = z.object({ sql: z.string(), values: z.array(z.union([z.string(), z.number(), z.null()])) })

/** Beside the connector, with the same database: what the bench asks is not counted, and waits for nothing. */
export default {
  async fetch(request, { DB }): Promise<Response> {
    const { sql, values } = Asked.parse(await request.json())
    const { results } = await DB.prepare(sql)
      .bind(...values)
      .all()
    return Response.json(results)
  },
} satisfies ExportedHandler<Env>
