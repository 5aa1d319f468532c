import { z } from 'zod';
import { SchoolCode, UnitCode } from '#libs/contracts/ids.ts';
import { DepartmentKind } from '#libs/contracts/vocabulary.ts';

/** Roles that a token may carry (scopes of the domain, section 1). */
export const Role = z.enum([
  'REGISTRAR',
  'DECISION_MAKER',
  'CLASS_TEACHER',
  'PRINCIPAL',
  'GUARDIAN',
  'EXPERT_COMMITTEE',
  'CALL_CENTRE',
  'INFORMATION_CENTRE',
  'TOWNSHIP',
  'SUBDISTRICT',
  'GOVERNMENT_COUNTY_OR_ABOVE',
  'INTEGRATOR',
  'EXTERNAL_CLIENT',
  'SYSTEM',
]);
export type Role = z.infer<typeof Role>;

/** The claims of ours in an access token. Roles that this version does not know grant nothing. */
export const Claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().max(200).default(''),
  level: z.enum(['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY', 'SCHOOL', 'NONE']).default('NONE'),
  unit: UnitCode.optional(),
  school: SchoolCode.optional(),
  /** Township or sub-district (GB/T 10114, nine digits) that the bearer of such a role acts for; `unit` is its county. */
  township: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  department: DepartmentKind.optional(),
  roles: z
    .array(z.string())
    .default([])
    .transform((roles) => roles.filter((role): role is Role => Role.safeParse(role).success)),
  scope: z.string().default(''),
  acr: z.string().default(''),
});
export type Claims = z.infer<typeof Claims>;
