import type { Call } from '../../../src/core/vendor'

type Doc = Record<string, unknown>

/** Journals or money operations in memory, with no more sense than the order of their states needs. */
export class Tasks {
  docs: Doc[] = []
  /** Of `GET /ref/account`. */
  accounts: Doc[] = [{ Code: '718', Currency: null }]
  /** What Cin7 makes of what it is sent. */
  takes = (body: Doc): Doc => body

  handle = (call: Call): unknown => {
    const body: Doc = Object(call.body)
    const { query = {} } = call
    switch (`${call.method} ${call.path.replace('/ExternalApi/v2', '')}`) {
      case 'GET /journal':
        return this.listed('Journals', this.matching(query.TaskID ?? '', query.Search ?? ''))
      case 'GET /moneyTaskList':
        return this.listed('MoneyTasks', this.matching('', query.Search ?? ''))
      case 'GET /moneyOperation':
        return this.byId(query.TaskID)
      case 'GET /ref/account':
        return this.listed('AccountsList', this.accounts)
      case 'POST /journal':
        return this.listed('Journals', [this.add({ JournalNumber: `JR-${this.docs.length + 1}`, ...body })])
      case 'POST /moneyOperation':
        return this.add(body)
      case 'PUT /journal':
        return this.listed('Journals', [this.put(body)])
      case 'PUT /moneyOperation':
        return this.put(body)
      case 'DELETE /journal':
        return this.listed('Journals', [this.void(query)])
      case 'DELETE /moneyOperation':
        return this.void(query)
      default:
        throw new Error(`${call.method} ${call.path}`)
    }
  }

  get states(): string[] {
    return this.docs.map(({ Status }) => String(Status))
  }

  private matching(id: string, search: string): Doc[] {
    return this.docs.filter((doc) => (id === '' || doc.TaskID === id) && JSON.stringify(doc).includes(search))
  }

  private listed(key: string, rows: Doc[]): Doc {
    return { Total: rows.length, Page: 1, [key]: rows }
  }

  private byId(id: string | undefined): Doc {
    const doc = this.docs.find(({ TaskID }) => TaskID === id)
    if (!doc) throw new Error(`no task ${id}`)
    return doc
  }

  private add(body: Doc): Doc {
    const doc = { TaskID: `TASK-${this.docs.length + 1}`, ...this.takes(body) }
    this.docs.push(doc)
    return doc
  }

  private put(body: Doc): Doc {
    const doc = this.byId(String(body.TaskID))
    if (doc.Status !== 'DRAFT') throw new Error('it should be a draft')
    return Object.assign(doc, this.takes(body))
  }

  private void({ ID, Void }: Record<string, string>): Doc {
    if (Void !== 'true') throw new Error('nothing is undone')
    const doc = this.byId(ID)
    if (doc.Status === 'VOIDED') throw new Error('it is voided already')
    return Object.assign(doc, { Status: 'VOIDED', Lines: [] })
  }
}
