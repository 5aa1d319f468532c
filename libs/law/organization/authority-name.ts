/** A unit of administration by its level and the name of its division; `000000` is the ministry. */
export type NamedUnit = { level: 'MINISTRY' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'SCHOOL'; name: string };

/**
 * The name under which a unit acts, as 太原市教育局: the register keeps units by their divisions, and a division issues nothing.
 * Provinces have a department (教育厅) and municipalities a commission (教育委员会); below, the bureau (教育局) stands for whatever
 * the office is called there (ours). A unit whose own name says what it is keeps it.
 */
export const authorityNameOf = ({ level, name }: NamedUnit): string => {
  if (name.includes('教育') || name.includes('教体')) return name;
  switch (level) {
    case 'SCHOOL':
      return name;
    case 'MINISTRY':
      return '教育部';
    case 'PROVINCE':
      return `${name}${name.endsWith('市') ? '教育委员会' : '教育厅'}`;
    default:
      return `${name}教育局`;
  }
};
