/** Whether nothing more will come of a job. */
export const isOver = (state: string): boolean => state !== 'WAITING' && state !== 'RUNNING';

/** Progress in whole percent; all of it once it is done alone. */
export const percentOf = ({ state, progress }: { state: string; progress: number }): number =>
  state === 'DONE' ? 100 : Math.min(99, Math.floor(progress * 100));
