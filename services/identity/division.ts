import { maskAddress } from '#libs/law/privacy/masking.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';

/** Province, city and county of an address that begins with its division code; nothing else of it (M-ADDR). */
export const divisionOf = async (directory: Pick<Directory, 'units'>, text: string): Promise<string> => {
  const units = await directory.units();
  const names: string[] = [];
  let unit = units.get(/^\((\d{6})\)/.exec(text)?.[1] ?? '');
  while (unit !== undefined && unit.level !== 'MINISTRY') {
    names.unshift(unit.name);
    unit = units.get(unit.parent ?? '');
  }
  return `${maskAddress({ province: names[0], city: names[1], county: names[2] })}***`;
};
