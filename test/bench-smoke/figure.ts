/** What one measurement says: for people as lines, for machines as a value beside its target. */
export interface Figure {
  value: unknown
  target: unknown
  ok: boolean
  lines: string[]
}

export type Measure = () => Promise<Figure>
