import type { Random } from './random.ts';
import * as person from './sample-person.ts';

/** The cells of one row by item key, as a school would fill them in. */
export type SampleCells = Record<string, string>;

/** What a sample is drawn from; the same seed gives the same rows. */
export type SampleSource = { readonly random: Random; readonly numbers: person.ResidentNumbers };

const GROUPS = [...Array.from({ length: 20 }, () => '汉族'), '回族', '满族', '蒙古族'] as const;
const WORK_UNITS = ['务农', '太原钢铁集团', '个体经营', '中学教师', '晋中市人民医院', ''] as const;
const PUPILS_PER_CLASS = 45;

/** A first-grader who is six by 31 August of the entry year, with one or two guardians. */
export function goodRow(source: SampleSource, index: number, entryYear: number): SampleCells {
  const { random, numbers } = source;
  const home = person.place(random);
  const origin = random.oneIn(5) ? person.place(random) : home;
  const sex = random.oneIn(2) ? '男' : '女';
  const family = index === 0 ? '𠮷' : person.surname(random);
  const birthDate = person.dayBetween(random, `${entryYear - 7}-09-01`, `${entryYear - 6}-08-31`);
  const group = GROUPS[random.below(GROUPS.length)] ?? GROUPS[0];
  const isDisabled = random.oneIn(60);
  return {
    name: person.childName(random, family, sex),
    gender: sex,
    nationalityOrRegion: '中国',
    overseasCategory: '否',
    ethnicGroup: group,
    idDocumentType: '居民身份证',
    idDocumentNumber: numbers.next(origin.code, birthDate, sex),
    birthDate: dateAsWritten(random, birthDate),
    currentAddress: person.address(random, home),
    householdAddress: person.address(random, origin),
    gradeName: '一年级',
    className: `${Math.floor(index / PUPILS_PER_CLASS) + 1}班`,
    politicalStatus: random.oneIn(4) ? '少先队员' : '群众',
    isBoarder: random.oneIn(10) ? '是' : '否',
    isDisabled: isDisabled ? '是' : '否',
    isLeftBehind: random.oneIn(15) ? '是' : '否',
    ...guardian(source, 0, { surname: family, relation: '父亲', sex: '男' }, origin),
    ...(random.oneIn(4)
      ? {}
      : guardian(source, 1, { surname: person.surname(random), relation: '母亲', sex: '女' }, origin)),
    disabilityType: isDisabled ? '听力残疾' : '',
    placementMode: isDisabled ? '随班就读' : '',
    assessedByExpertCommittee: isDisabled ? '是' : '',
    disabilityProof: isDisabled ? '残疾人证' : '',
    isMigrantChild: origin === home ? '否' : '是',
    commuteDistance: (random.below(50) / 10 + 0.2).toFixed(1),
    commuteMode: random.oneIn(2) ? '步行' : '公共交通',
  };
}

function guardian(
  { random, numbers }: SampleSource,
  at: 0 | 1,
  who: { surname: string; relation: string; sex: person.Sex },
  origin: person.Place,
): SampleCells {
  const birthDate = person.dayBetween(random, '1983-01-01', '1995-12-31');
  const cells: SampleCells = {
    name: person.adultName(random, who.surname, who.sex),
    relation: who.relation,
    isLegalGuardian: '是',
    ethnicGroup: '汉族',
    idDocumentType: '居民身份证',
    idDocumentNumber: numbers.next(origin.code, birthDate, who.sex),
    workUnit: WORK_UNITS[random.below(WORK_UNITS.length)] ?? '',
    householdAddress: person.address(random, origin),
    phone: person.phone(random),
  };
  return Object.fromEntries(Object.entries(cells).map(([field, text]) => [`guardians.${at}.${field}`, text]));
}

/** Schools write dates in many ways, all of which are read. */
function dateAsWritten(random: Random, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const ways = [
    day,
    `${year}/${Number(month)}/${Number(date)}`,
    `${year}${month}${date}`,
    `${year}年${Number(month)}月${Number(date)}日`,
  ];
  return ways[random.below(ways.length)] ?? day;
}
