import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { GuardianRelation } from '#libs/contracts/person-form.ts';
import { IdDocumentType, OverseasCategory } from '#libs/contracts/vocabulary.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { type KeyInput, keyShape, namesDocumentWhole } from '../key-change/values.ts';

const text = (longest: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => value !== '' && [...value].length <= longest, {
      message: `不能为空，最多 ${longest} 个字。 Not empty, at most ${longest} characters.`,
      params: { code: 'TEXT_LENGTH' },
    })
    .refine((value) => !/\p{C}/u.test(value), {
      message: '含有不可见字符，请重新输入。 Holds invisible characters.',
      params: { code: 'TEXT_UNREADABLE' },
    });

/** Left out: as it is. Null: there is none any more. */
const clearable = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().optional();
const yesNo = z.boolean().optional();

const phone = z
  .string()
  .transform((value) => value.normalize('NFKC').replaceAll(/[\s-]/g, ''))
  .refine((value) => /^(?:\+?86)?1\d{10}$|^0\d{9,11}$|^\+\d{7,15}$/.test(value), {
    message: '电话号码格式不正确。 Not a telephone number.',
    params: { code: 'PHONE' },
  });

/** An address begins with the six digits of its division in brackets, as the form is kept. */
const address = text(220).refine((value) => /^\(\d{6}\)\S/u.test(value), {
  message:
    '地址须以行政区划代码开头，例如“(140105)……”。 An address begins with the code of its division in brackets.',
  params: { code: 'ADDRESS_REGION' },
});

const ethnicGroup = z.string().regex(/^\d{2}$/, { message: '民族代码为两位数字。 Two digits (GB/T 3304).' });

const GuardianChange = z.object({
  position: z.int().min(1).max(2),
  remove: z.boolean().optional(),
  name: text(60).optional(),
  relation: GuardianRelation.optional(),
  isLegalGuardian: yesNo,
  ethnicGroup: clearable(ethnicGroup),
  idDocumentType: IdDocumentType.optional(),
  idDocumentNumber: clearable(z.string().max(60).transform(normaliseIdNumber)),
  workUnit: clearable(text(120)),
  householdAddress: clearable(address),
  phone: clearable(phone),
});

/** What somebody wants changed of a child beside its key information. */
const OrdinaryChanges = z.object({
  formerName: clearable(text(60)),
  nationality: z
    .string()
    .regex(/^\d{3}$/, { message: '国籍或地区代码为三位数字。 Three digits (GB/T 2659).' })
    .optional(),
  overseasCategory: OverseasCategory.optional(),
  ethnicity: clearable(ethnicGroup),
  currentAddress: clearable(address),
  householdAddress: clearable(address),
  contactPhone: clearable(phone),
  politicalStatus: clearable(
    z.enum([
      'CPC_MEMBER',
      'CPC_PROBATIONARY',
      'YOUTH_LEAGUE',
      'DEMOCRATIC_PARTY',
      'NO_PARTY',
      'MASSES',
      'YOUNG_PIONEER',
    ]),
  ),
  isBoarder: yesNo,
  isLeftBehind: yesNo,
  isMigrantChild: yesNo,
  commuteDistance: clearable(z.number().min(0).max(1000)),
  commuteMode: clearable(z.enum(['WALK', 'BICYCLE', 'BUS', 'SCHOOL_BUS', 'PRIVATE_CAR', 'OTHER'])),
  hasResidencePermit: yesNo,
  residencePermitIssuer: clearable(text(120)),
  residencePermitIssueDate: clearable(Day),
  isDisabled: yesNo,
  disabilityType: clearable(
    z.enum(['VISUAL', 'HEARING', 'SPEECH', 'PHYSICAL', 'INTELLECTUAL', 'MENTAL', 'MULTIPLE']),
  ),
  disabilityLevel: clearable(z.enum(['I', 'II', 'III', 'IV'])),
  placementMode: clearable(z.enum(['SPECIAL_SCHOOL', 'INCLUSIVE', 'HOME_TEACHING'])),
  guardians: z.array(GuardianChange).max(2).nullish(),
  provincial: z
    .array(z.object({ name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/), value: text(200).nullable() }))
    .max(50)
    .nullish(),
});

/** What somebody wants changed of a child: key information goes another way from here (ID-13). */
export const Changes = OrdinaryChanges.extend(keyShape).superRefine(namesDocumentWhole);
export type Changes = z.infer<typeof Changes>;

/** New values by item: a field of the dictionary, `guardians.<position>.<item>` or `provincial.<name>`. */
export type Items = Readonly<Record<string, ItemValue>>;
export type ItemValue = string | number | boolean | null;
export const Items = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** A guardian's line that goes away. */
export const REMOVED = 'removed';

/** Names of the dictionary for what the graph calls otherwise. */
const dictionaryName: Readonly<Record<string, string>> = {
  nationality: 'nationalityOrRegion',
  ethnicity: 'ethnicGroup',
};

const given = (fields: Readonly<Record<string, ItemValue | undefined>>): [string, ItemValue][] =>
  Object.entries(fields).flatMap(([name, value]): [string, ItemValue][] =>
    value === undefined ? [] : [[name, value]],
  );

/** A proposal in its two parts: key information, and the items of an ordinary change. */
export const partsOf = (changes: Changes): { key: KeyInput; items: Items } => {
  const { name, idDocumentType, idDocumentNumber, gender, birthDate, ...ordinary } = changes;
  return {
    key: { name, idDocumentType, idDocumentNumber, gender, birthDate },
    items: itemsOf(ordinary),
  };
};

/** The items of a change, each by its name; a later line about the same guardian stands over an earlier one. */
const itemsOf = ({ guardians, provincial, ...plain }: z.infer<typeof OrdinaryChanges>): Items => {
  return Object.fromEntries([
    ...given(plain).map(([field, value]): [string, ItemValue] => [dictionaryName[field] ?? field, value]),
    ...(guardians ?? []).flatMap(({ position, remove, ...items }): [string, ItemValue][] =>
      remove === true
        ? [[`guardians.${position}.${REMOVED}`, true]]
        : given(items).map(([item, value]) => [`guardians.${position}.${item}`, value]),
    ),
    ...(provincial ?? []).map(({ name, value }): [string, ItemValue] => [`provincial.${name}`, value]),
  ]);
};

const guardianItem = /^guardians\.(\d)\.(\w+)$/;

/** Position and item of a guardian's item. */
export const guardianOf = (item: string): { position: number; item: string } | undefined => {
  const match = guardianItem.exec(item);
  return match ? { position: Number(match[1]), item: match[2] ?? '' } : undefined;
};

/** The name by which the law's classes know an item. */
export const lawField = (item: string): string => {
  const guardian = guardianOf(item);
  return guardian === undefined ? item : `guardians.${guardian.item}`;
};
