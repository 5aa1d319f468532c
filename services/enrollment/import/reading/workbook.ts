import path from 'node:path';
import type { DateSystem } from '../form-f1/calendar-date.ts';
import { refusals } from './refusals.ts';
import { feedXml } from './xml-feed.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A worksheet of a workbook and the part that holds its cells. */
export type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean };

/** The plan of a workbook: which part holds what. */
export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly dateSystem: DateSystem;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  readonly hasMacros: boolean;
};

type Relation = { readonly id: string; readonly type: string; readonly part: string };

/** Reads the plan. Throws FileProblem when the archive is no workbook or one of another format. */
export async function readWorkbook(archive: ZipArchive): Promise<Workbook> {
  const main = await mainPart(archive);
  const relations = await relationsOf(archive, main);
  const sheets: Sheet[] = [];
  let dateSystem: DateSystem = 1900;
  await feedXml(archive.bytes(main), {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(1|true)$/u.test(attributes.date1904 ?? '')) dateSystem = 1904;
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1];
      const relation = relations.find((one) => one.id === id);
      if (relation === undefined || !relation.type.endsWith('/worksheet')) return;
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      sheets.push({ name: attributes.name ?? '', part: relation.part, hidden });
    },
    close() {},
    text() {},
  });
  const partOf = (kind: string) => relations.find((one) => one.type.endsWith(`/${kind}`))?.part ?? null;
  return {
    sheets: sheets.filter((sheet) => archive.has(sheet.part)),
    dateSystem,
    sharedStrings: present(archive, partOf('sharedStrings')),
    styles: present(archive, partOf('styles')),
    hasMacros: relations.some((one) => one.type.endsWith('/vbaProject')),
  };
}

const present = (archive: ZipArchive, part: string | null): string | null =>
  part !== null && archive.has(part) ? part : null;

async function mainPart(archive: ZipArchive): Promise<string> {
  if (archive.has('xl/workbook.bin')) throw refusals.binaryExcel();
  const office = archive.has('_rels/.rels') ? await relationsOf(archive, '') : [];
  const main = office.find((one) => one.type.endsWith('/officeDocument'))?.part ?? 'xl/workbook.xml';
  const isWorkbook = archive.has(main) && !/^(word|ppt)\//iu.test(main);
  if (!isWorkbook) throw refusals.notAWorkbook();
  return main;
}

async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = path.posix.dirname(part);
  const file = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(file)) return relations;
  await feedXml(archive.bytes(file), {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return;
      const whole = target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target);
      relations.push({ id, type, part: whole });
    },
    close() {},
    text() {},
  });
  return relations;
}
