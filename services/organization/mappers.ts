import type { Finding, LegalBasis } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Calendar } from './calendar/calendar.ts';
import type { CorrectionOrder } from './correction/correction.ts';
import type { TermDuty } from './duty/duty.ts';
import type { School, Unit } from './entities.ts';
import type { LawRuleView } from './law/law-view.ts';
import type { LawParameterView } from './law/parameter-view.ts';
import type { Merger, MergerPart } from './merger/merger-rows.ts';
import type { AccountActivity } from './registrar/account-activity.ts';
import type { Registrar } from './registrar/registrar.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type OrgUnitMapper = Unit;
export type SchoolMapper = School;
export type ViewerMapper = Actor;
export type FindingMapper = Finding;
export type LegalBasisMapper = LegalBasis;
export type LawRuleMapper = LawRuleView;
export type LawParameterMapper = LawParameterView;
export type TermCalendarMapper = Calendar;
export type RegistrarMapper = Registrar;
export type AccountActivityMapper = AccountActivity;
export type CorrectionOrderMapper = CorrectionOrder;
export type TermDutyMapper = TermDuty;
export type SchoolMergerMapper = Merger;
export type SchoolMergerPartMapper = MergerPart;
