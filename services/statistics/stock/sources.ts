/** Who tells of pupils, each of which must have come past a month before it is closed. */
export const STOCK_SOURCES = ['enrollment', 'identity'] as const;
