import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** First three and last two characters; a text too short to hide anything comes out all stars (PRV-14). */
export const maskMiddle = (text: string): string => {
  const characters = [...text];
  const hidden = characters.length - 5;
  if (hidden < 3) return '*'.repeat(characters.length);
  return characters
    .map((character, at) => (at < 3 || at >= characters.length - 2 ? character : '*'))
    .join('');
};

/** Resident ID and student numbers. */
export const maskNumber = maskMiddle;

/** Telephone numbers. */
export const maskPhone = maskMiddle;

/** The family name stays, the given name goes. */
export const maskName = (name: string): string => {
  const [first] = [...name];
  return first === undefined ? '' : `${first}*`;
};

/** Province, city and county only. */
export const maskAddress = (address: { province?: string; city?: string; county?: string }): string =>
  [address.province, address.city, address.county].filter(Boolean).join('');

/** Whoever is given a value in full has a purpose that needs it; the release is marked in the access log (PRV-14). */
export const judgeRelease = (
  facts: { full: boolean; purposeNeedsFull: boolean },
  on: IsoDate,
  place: LawPlace,
): { show: 'FULL' | 'MASKED'; findings: Finding[] } => {
  if (!facts.full || !facts.purposeNeedsFull) return { show: 'MASKED', findings: [] };
  const released = finding('PRV-14', {
    message: '本次按用途提供了完整信息，已记入访问日志。',
    messageEn: 'Full values were given for this purpose; the access log says so.',
    on,
    place,
  });
  return { show: 'FULL', findings: [released] };
};
