import type { VendorRequest, VendorResponse } from '../vendor'
import type { Books } from './books'
import { ENTITIES, ENTITY_NAMES } from './entities'
import { malformed, notFound, unpublished } from './errors'
import type { Kept } from './model'

const MOST_COMMENT = 500

/** `PUT …/files/{graph}/{view}/{id}/{filename}`: the address that `_links["files:put"]` gives. */
export const putFile = (books: Books, base: string, request: VendorRequest, segments: string[]): VendorResponse => {
  const [graph, , id = '', ...name] = segments
  const entity = ENTITY_NAMES.map((one) => ENTITIES[one]).find((one) => one.graph === graph)
  const filename = name.join('/')
  if (!entity || filename === '' || filename === '{filename}') throw unpublished()
  const row = books.of(entity.name).get(id)
  if (!row) throw notFound()
  return attach(books, base, request, row, (changed) => books.of(entity.name).put(row.id, changed), filename)
}

/** Bodies are kept as text here; the stamp of the record does not move ([U]). */
export const attach = (
  books: Books,
  base: string,
  request: VendorRequest,
  row: Kept,
  keep: (row: Kept) => void,
  filename: string,
): VendorResponse => {
  const comment = request.headers.get('px-cbfilecomment') ?? ''
  if (comment.length > MOST_COMMENT) throw malformed('PX-CbFileComment', 'The comment is too long.')
  const id = row.files.find((file) => file.filename === filename)?.id ?? crypto.randomUUID()
  books.files.put(id, { id, filename, comment, content: request.body })
  keep({ ...row, files: [...row.files.filter((file) => file.id !== id), { id, filename, comment }] })
  return { status: 204, headers: { location: `${base}/files/${id}` }, body: null }
}

export const readFile = (books: Books, id: string): VendorResponse => {
  const file = books.files.get(id)
  if (!file) throw notFound()
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.content }
}
