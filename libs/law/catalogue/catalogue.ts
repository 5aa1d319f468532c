import { isRuleId, type RuleId } from '../rule-id.ts';
import { ACC_RULES } from './account.ts';
import { ARC_RULES } from './archive.ts';
import type { CatalogueRule } from './catalogue-rule.ts';
import { CRT_RULES } from './certificate.ts';
import { ENR_RULES } from './enrollment.ts';
import { ID_RULES } from './identity.ts';
import { ORG_RULES } from './organization.ts';
import { PRE_RULES } from './preschool.ts';
import { PRV_RULES } from './privacy.ts';
import { STA_RULES } from './statistics.ts';
import { TKT_RULES } from './ticket.ts';
import { TRF_RULES } from './transfer.ts';

/** The chapters in the order of the catalogue. */
export const CHAPTERS = {
  ID: { title: '学生身份与学籍号', titleEn: 'Student identity and number', rules: ID_RULES },
  ORG: { title: '机构、职责与管辖', titleEn: 'Organisation, duties, jurisdiction', rules: ORG_RULES },
  ENR: { title: '学籍与异动', titleEn: 'Enrollment and status changes', rules: ENR_RULES },
  TRF: { title: '转学与跨省就学', titleEn: 'Transfer and cross-province study', rules: TRF_RULES },
  ARC: { title: '学籍档案', titleEn: 'Archive', rules: ARC_RULES },
  CRT: { title: '证书', titleEn: 'Certificates', rules: CRT_RULES },
  TKT: { title: '问题报告与核查督办', titleEn: 'Complaints and problem tickets', rules: TKT_RULES },
  ACC: { title: '账号与学籍管理员', titleEn: 'Accounts and registrars', rules: ACC_RULES },
  PRV: { title: '隐私与安全', titleEn: 'Privacy and security', rules: PRV_RULES },
  STA: { title: '统计与监测', titleEn: 'Statistics and monitoring', rules: STA_RULES },
  PRE: { title: '学前儿童学籍', titleEn: 'Preschool registration', rules: PRE_RULES },
} as const satisfies Record<string, { title: string; titleEn: string; rules: readonly CatalogueRule[] }>;

/** The prefix of a rule id. */
export type ChapterCode = keyof typeof CHAPTERS;

/** Every rule, in order. */
export const CATALOGUE: readonly CatalogueRule[] = Object.values(CHAPTERS).flatMap(
  (chapter) => chapter.rules,
);

const byId = new Map<RuleId, CatalogueRule>(CATALOGUE.map((rule) => [rule.id, rule]));

/** The catalogue entry of a rule. */
export const catalogueRule = (id: RuleId): CatalogueRule => {
  const rule = byId.get(id);
  if (!rule) throw new RangeError(`no rule ${id} in the catalogue`);
  return rule;
};

/** The chapter of a rule id. */
export const chapterOf = (id: RuleId): ChapterCode => {
  const code = id.slice(0, id.indexOf('-'));
  if (!isRuleId(id) || !isChapterCode(code)) throw new RangeError(`no chapter for ${id}`);
  return code;
};

/** True when the text is the prefix of a chapter. */
export const isChapterCode = (text: string): text is ChapterCode => Object.hasOwn(CHAPTERS, text);
