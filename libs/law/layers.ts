import { addDays, type IsoDate } from './dates.ts';

/** The texts that can be cited, by the code of the catalogue. OURS is what the system itself adds. */
export type LawLayer = 'N13' | 'N16' | 'N25' | 'NP25' | 'SX19' | 'SX26' | 'BG' | 'OURS';

/** Every text that is known to exist; HN, the rules of Henan, is known by name only and cited by nothing. */
export type LawText = LawLayer | 'HN';

/** Where a question is asked: six-digit GB/T 2260 codes of the managing authority. */
export type LawPlace = { province: string; city?: string; county?: string };

/** The place whose law a school works by: of the units above it those that there are. */
export const lawPlaceOfSchool = (school: {
  province: string;
  city: string | null;
  county: string | null;
}): LawPlace => ({
  province: school.province,
  ...(school.city ? { city: school.city } : {}),
  ...(school.county ? { county: school.county } : {}),
});

/** The place whose law a unit of administration works by: its own with the city right above a county. */
export const lawPlaceOfUnit = (
  unit: { code: string; level: string; province: string },
  above?: { code: string; level: string },
): LawPlace => {
  if (unit.level === 'CITY') return { province: unit.province, city: unit.code };
  if (unit.level !== 'COUNTY') return { province: unit.province };
  return {
    province: unit.province,
    ...(above?.level === 'CITY' ? { city: above.code } : {}),
    county: unit.code,
  };
};

/** The units whose settings hold at a place, the nearest first; `000000` is the ministry. */
export const lineOf = ({ county, city, province }: LawPlace): string[] =>
  [county, city, province, '000000'].filter((code) => code !== undefined);

/** The stages of schooling. Primary and junior together are compulsory. */
export type Stage = 'PRESCHOOL' | 'PRIMARY' | 'JUNIOR' | 'SENIOR';

const STAGES: ReadonlySet<string> = new Set(['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'] satisfies Stage[]);

/** True when the text names a stage. */
export const isStage = (text: string): text is Stage => STAGES.has(text);

/** True for the stages of compulsory education. */
export const isCompulsory = (stage: Stage): boolean => stage === 'PRIMARY' || stage === 'JUNIOR';

/** One text that states the rule. */
export type RuleLayer = {
  layer: LawLayer;
  /** Articles in the text's own counting; the 2025 texts are known by retelling only (`layers.ts`). */
  articles: readonly string[];
  /** A 2013 article that no later national text restates or repeals: it stays, no harder than RECORD. */
  residual?: true;
  /** The article ends when that layer comes into force. */
  replacedBy?: 'N25';
};

/** Rank of the body that made a text: the smaller stands over the greater. */
export type LayerLevel = 'NATION' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'SYSTEM';

/** A text of the law and its validity, both days included. */
export type LayerText = {
  document: string;
  documentEn: string;
  level: LayerLevel;
  /** Absent: as long as the system exists. */
  from?: IsoDate;
  /** Absent: until something replaces it. */
  to?: IsoDate;
  /** What is assumed about the dates, and why. */
  assumed?: string;
  /** False: the text is known to exist, its content is not at hand. */
  textKnown: boolean;
  /** Which places it reaches. Absent: everywhere. */
  reach?: { province: string; county?: string };
  /** True: it speaks of primary, junior and special education only. */
  compulsoryOnly?: true;
};

/** Validity of every text (ORG-25). Days without a source carry `assumed`. */
export const LAYERS: Readonly<Record<LawText, LayerText>> = {
  N13: {
    document: '教育部《中小学生学籍管理办法》（2013年）',
    documentEn: 'national measure of 2013',
    level: 'NATION',
    from: '2013-09-01',
    textKnown: true,
  },
  N16: {
    document: '教育部办公厅《关于进一步规范中小学生学籍管理相关问题处理的通知》（2016年）',
    documentEn: 'ministry notice of 2016',
    level: 'NATION',
    from: '2016-06-06',
    textKnown: true,
  },
  N25: {
    document: '教育部《中小学生学籍管理办法》（教基〔2025〕1号，据百科条目“学籍”转述）',
    documentEn: 'national measure of 2025, as retold by an encyclopedia entry',
    level: 'NATION',
    from: '2025-01-03',
    assumed: 'issued in January 2025; the day is seen on reprints only',
    textKnown: true,
  },
  NP25: {
    document: '教育部《全国学前儿童学籍管理办法（试行）》（据百科条目“学籍”转述）',
    documentEn: 'national preschool measure of 2025, trial, as retold by an encyclopedia entry',
    level: 'NATION',
    from: '2025-12-29',
    assumed: 'day of publication; the starting day is not known',
    textKnown: true,
  },
  SX19: {
    document: '山西省教育厅《学籍管理暂行规定》（晋教基〔2019〕19号）',
    documentEn: 'Shanxi provisional rules of 2019',
    level: 'PROVINCE',
    from: '2019-11-21',
    to: '2026-02-09',
    assumed: 'in force from its issue',
    textKnown: false,
    reach: { province: '140000' },
  },
  SX26: {
    document: '山西省教育厅《中小学生学籍管理实施细则》（晋教〔2026〕1号）',
    documentEn: 'Shanxi rules of 2026',
    level: 'PROVINCE',
    from: '2026-02-10',
    to: '2031-02-09',
    textKnown: true,
    reach: { province: '140000' },
  },
  HN: {
    document: '河南省教育厅学籍管理规定（含教办基一〔2016〕459号）',
    documentEn: 'registration rules of Henan province',
    level: 'PROVINCE',
    assumed: 'cited by the Beiguan measure; in force whenever asked',
    textKnown: false,
    reach: { province: '410000' },
  },
  BG: {
    document: '《安阳市北关区中小学学籍管理办法（暂行）》',
    documentEn: 'provisional measure of Beiguan District',
    level: 'COUNTY',
    from: '2020-01-01',
    assumed: 'undated; it cites a letter of 2019, so it is taken to hold from the year after',
    textKnown: true,
    reach: { province: '410000', county: '410503' },
    compulsoryOnly: true,
  },
  OURS: {
    document: '本系统规则',
    documentEn: 'rules of this system',
    level: 'SYSTEM',
    textKnown: true,
  },
};

/** From the highest text to the lowest, and on one level from the later to the earlier (ORG-27). */
export const PRECEDENCE: readonly LawText[] = [
  'NP25',
  'N25',
  'N16',
  'N13',
  'SX26',
  'SX19',
  'HN',
  'BG',
  'OURS',
];

/** True when a text reaches the place, whatever the day. Without a stage the text is taken to speak of it. */
export const reaches = (layer: LawText, place: LawPlace, stage?: Stage): boolean => {
  const { reach, compulsoryOnly } = LAYERS[layer];
  if (compulsoryOnly && stage && !isCompulsory(stage)) return false;
  if (!reach) return true;
  return reach.province === place.province && (!reach.county || reach.county === place.county);
};

/** True when the text is in force on the day, whatever the place. */
export const inForceOn = (layer: LawText, on: IsoDate): boolean => {
  const { from, to } = LAYERS[layer];
  return (!from || from <= on) && (!to || on <= to);
};

/** The last day of an article: that of its text, or the day before the text that replaces it. */
export const lastDayOf = (entry: Pick<RuleLayer, 'layer' | 'replacedBy'>): IsoDate | undefined => {
  const replacement = entry.replacedBy && LAYERS[entry.replacedBy].from;
  return replacement ? addDays(replacement, -1) : LAYERS[entry.layer].to;
};

/** The layers of a rule that bind at the place on the day, in the catalogue's order. */
export const bindingLayers = (
  layers: readonly RuleLayer[],
  place: LawPlace,
  on: IsoDate,
  stage?: Stage,
): RuleLayer[] =>
  layers.filter((entry) => {
    const last = lastDayOf(entry);
    return inForceOn(entry.layer, on) && (!last || on <= last) && reaches(entry.layer, place, stage);
  });
