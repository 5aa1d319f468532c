/** Masking profiles of values that leave in part (PRV-14): M-NAME, M-ID, M-PHONE, M-DOB, M-ADDR. */

const starred = (value: string, head: number, tail: number): string => {
  const characters = [...value];
  if (characters.length <= head + tail) return '*'.repeat(characters.length);
  return [
    ...characters.slice(0, head),
    ...Array<string>(characters.length - head - tail).fill('*'),
    ...characters.slice(-tail),
  ].join('');
};

const compoundSurnames = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐'.split(
    ' ',
  ),
);

/** M-NAME: the family name and a star. */
export const maskName = (name: string): string => {
  const characters = [...name];
  const double = characters.slice(0, 2).join('');
  return compoundSurnames.has(double) && characters.length > 2 ? `${double}*` : `${characters[0] ?? ''}*`;
};

/** M-ID: the first three and last two characters of ID and student numbers. */
export const maskId = (value: string): string => starred(value, 3, 2);

/** M-PHONE: the first three and last two digits. */
export const maskPhone = (value: string): string => starred(value, 3, 2);

/** M-DOB: the year only. */
export const maskBirthDate = (day: string): string => `${day.slice(0, 4)}-**-**`;

/** M-ADDR: province, city and county only; the free part is dropped. */
export const maskAddress = (address: { region?: string | null; text: string }): string =>
  address.region ? `${address.region}***` : '***';
