import { YES_NO } from './codes/person.ts';
import { type CellReader, fromTable, read } from './reading-cell.ts';

const readWord = fromTable(YES_NO);

/** 是/否, 1/0 and their like. */
export const readYesNo: CellReader<boolean> = (text) => {
  const word = readWord(text);
  return word.ok ? read(word.value === 'YES') : word;
};
