import { localStorage } from '#libs/platform/files/local-storage.ts';
import { openAnywhere } from '#libs/platform/files/random-access.ts';
import { openTable } from '#services/enrollment/import/reading/open-table.ts';
import { surveyTable } from '#services/enrollment/import/survey.ts';
import { tellAndWait } from './own-process.ts';
import { type ReadingOrder, type Stage, sealingOf } from './reading-order.ts';

const standStill = (stage: Stage): Promise<void> => tellAndWait(stage);

const readStored = async (order: ReadingOrder): Promise<void> => {
  const source = await openAnywhere(localStorage(order.filesDir), sealingOf(order.key), order.name);
  const table = await openTable(source, order.limits);
  await standStill('OPENED');
  const { rowCount } = await surveyTable(table);
  await standStill('SURVEYED');
  let rows = 0;
  for await (const _row of table.rows()) {
    rows += 1;
    if (rows === Math.floor(rowCount / 2)) await standStill('IN_THE_MIDDLE');
  }
  await table.close();
  await standStill('CLOSED');
  process.disconnect();
};

await readStored(JSON.parse(process.argv[2] ?? ''));
