import { sha256 } from './bytes'

/** A short name of a text: twelve hex digits, the same for the same text. */
export const printOf = async (text: string): Promise<string> => (await sha256(text)).slice(0, 12)
