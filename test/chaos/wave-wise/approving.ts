import { approve, type Payers, proposals } from '../../support/node/payers'
import { pooled, sleep } from '../waiting'

/** Ben at his desk. */
export interface Approving {
  /** Nothing waited for him when he looked last. */
  isIdle(): boolean
  stop(): void
}

const PAUSE_MS = 500
const AT_ONCE = 4

/** He approves whatever is proposed, and looks again where the connector does not answer. */
export const keepApproving = (payers: Payers, path: string): Approving => {
  let isOpen = true
  let isIdle = false
  const look = async (): Promise<void> => {
    const open = await proposals(payers, path)
    isIdle = open.length === 0
    await pooled(open, AT_ONCE, (one) => approve(payers, path, one))
  }
  const work = async (): Promise<void> => {
    while (isOpen) {
      await look().catch(() => {
        isIdle = false
      })
      await sleep(PAUSE_MS)
    }
  }
  void work()
  return {
    isIdle: () => isIdle,
    stop() {
      isOpen = false
    },
  }
}
