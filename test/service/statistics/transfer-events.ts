import type { Envelope } from '#libs/contracts/envelope.ts';
import { RegistrationRefusalBlocked } from '#libs/contracts/events/refusal.ts';
import {
  AuthorityDecided,
  IllegalRejectionBlocked,
  SourceSchoolDecided,
  StepDueForReport,
  TransferInitiated,
  TransferPurged,
  TransferStepOpened,
} from '#libs/contracts/events/transfer.ts';
import { envelope, idOf } from './events.ts';
import type { TestSchool } from './nation.ts';

const sideOf = ({ code, place, authority }: TestSchool) => ({
  ...{ school: code, place, authority },
  province: `${authority.slice(0, 2)}0000`,
});

const placeOfUnit = (code: string): number => Number(code) * 100_000;

type Party = 'TARGET_SCHOOL' | 'SOURCE_SCHOOL' | 'SOURCE_AUTHORITY' | 'TARGET_AUTHORITY';

/** A case between two schools as the service of transfers tells of it, step by step; days are those of 2026 and 2027. */
export const transferOf = (name: string, source: TestSchool, target: TestSchool) => {
  const transfer = idOf(name);
  const subject = `transfer:${transfer}`;
  const facts = {
    ...{ transfer, person: idOf(`pupil of ${name}`), kind: 'IN_PROVINCE_TRANSFER' as const },
    ...{ source: sideOf(source), target: sideOf(target) },
  };
  const units: Record<Party, [unit: string, place: number, turn: number]> = {
    TARGET_SCHOOL: [target.code, target.place, 0],
    SOURCE_SCHOOL: [source.code, source.place, 1],
    SOURCE_AUTHORITY: [source.authority, placeOfUnit(source.authority), 2],
    TARGET_AUTHORITY: [target.authority, placeOfUnit(target.authority), 2],
  };
  let version = 0;
  const at = (day: string) => `${day}T10:00:00.000+08:00`;
  return {
    transfer,
    opened: (party: Party, day: string, reportDueOn: string, reportProvisional = false): Envelope => {
      const [unit, unitPlace, turn] = units[party];
      const days = { dueOn: reportDueOn, provisional: false, reportDueOn, reportProvisional };
      const data = { ...facts, ...{ party, unit, unitPlace, turn }, ...days };
      return envelope(TransferStepOpened, subject, ++version, data, at(day));
    },
    started: (day: string): Envelope =>
      envelope(TransferInitiated, subject, ++version, { ...facts, purgeAt: null }, at(day)),
    late: (party: Party, reportDueOn: string, day: string): Envelope => {
      const data = { ...facts, party, unit: units[party][0], reportDueOn };
      return envelope(StepDueForReport, subject, ++version, data, at(day));
    },
    decided: (party: Party, day: string): Envelope => {
      const kind = party === 'SOURCE_SCHOOL' ? SourceSchoolDecided : AuthorityDecided;
      const data = { ...facts, party, unit: units[party][0], decision: 'APPROVE' as const, reasons: [] };
      return envelope(kind, subject, ++version, data, at(day));
    },
    purged: (day: string): Envelope => envelope(TransferPurged, subject, ++version, facts, at(day)),
    blocked: (party: Party, day: string, rules: string[]): Envelope => {
      const [unit, unitPlace] = units[party];
      const data = { ...facts, party, unit, unitPlace, reasons: ['TEMPORARY_NUMBER'], rules };
      return envelope(
        IllegalRejectionBlocked,
        `transfer-refusal:${idOf(`${name} ${day}`)}`,
        1,
        data,
        at(day),
      );
    },
  };
};

/** A registration that the authority of a school wanted to refuse for what is no reason. */
export const registrationRefused = (
  name: string,
  school: TestSchool,
  day: string,
  rules: string[],
): Envelope =>
  envelope(
    RegistrationRefusalBlocked,
    `registration-refusal:${idOf(name)}`,
    1,
    {
      ...{ enrollment: idOf(name), school: school.code, place: school.place, rules },
      province: `${school.authority.slice(0, 2)}0000`,
      ...{ unit: school.authority, unitPlace: placeOfUnit(school.authority) },
    },
    `${day}T10:00:00.000+08:00`,
  );
