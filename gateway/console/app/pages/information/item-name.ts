/**
 * What an item is called. Those of a family member are `guardians.POSITION.ITEM`; a field of a province, and whatever is
 * newer than this console, is called as the graph has it.
 */
export const itemName = (field: string, names: Readonly<Record<string, string>>): string => {
  const [, position, item] = /^guardians\.(\d+)\.(\w+)$/.exec(field) ?? [];
  if (position !== undefined && item !== undefined)
    return `${names.guardian ?? ''}${Number(position)} ${names[item] ?? item}`;
  return names[field] ?? field;
};
