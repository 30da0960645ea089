import { consume } from './edge/consumer'
import { tick } from './edge/cron'
import { answerHttp } from './edge/http'
import type { Env } from './env'

export { Grant } from './grant/grant'
export { Tenant } from './tenant/tenant'

export default {
  fetch: answerHttp,
  queue: consume,
  scheduled: tick,
} satisfies ExportedHandler<Env>
