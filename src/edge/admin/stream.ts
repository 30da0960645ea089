import { log } from '../../lib/log'
import { trace } from '../../lib/trace'

/** Read as fast as it is taken. Where it breaks off, so does the answer. */
export const streamOf = (pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const utf8 = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(utf8.encode(value))
      } catch (thrown) {
        log('export_broke_off', { error: trace(thrown) })
        controller.error(new Error('the export broke off'))
      }
    },
  })
}
