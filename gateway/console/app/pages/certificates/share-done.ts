/** How far an order to issue came, in whole per cent; an order of nobody is done. */
export const shareDone = ({
  total,
  issued,
  skipped,
}: {
  total: number;
  issued: number;
  skipped: number;
}): number => (total === 0 ? 100 : Math.floor(((issued + skipped) / total) * 100));
