/** How a row looks: a heading, a row of data, or a row of data whose last three cells tell what is said of it. */
export type RowLook = 'HEADING' | 'DATA' | 'REFUSED';

/** One row to be written; every cell is text. */
export type WritingRow = { readonly cells: readonly string[]; readonly look: RowLook };

export type WritingRows = AsyncIterable<WritingRow> | Iterable<WritingRow>;
