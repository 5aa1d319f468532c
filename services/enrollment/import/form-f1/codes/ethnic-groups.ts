import { ethnicGroups } from '#libs/contracts/ethnic-groups.ts';
import { type CodeRow, codeTable } from './code-table.ts';

/** How else a form may write a group; of every other one the name without 族 is understood too. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  '97': ['其他民族', '未识别民族'],
  '98': ['外国血统', '外国血统中国籍', '入籍'],
};

const rows = (): [CodeRow<string>, ...CodeRow<string>[]] => {
  const [first = ['01', '汉族'], ...more] = [...ethnicGroups].map(
    ([code, name]): CodeRow<string> => [code, name, ...(VARIANTS[code] ?? [name.replace(/族$/, '')])],
  );
  return [first, ...more];
};

/** Ethnic groups; the value is the two-digit code. */
export const ETHNIC_GROUPS = codeTable('民族', 'GB/T 3304', rows());
