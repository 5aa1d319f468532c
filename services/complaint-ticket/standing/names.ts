import { authorityNameOf } from '#libs/law/organization/authority-name.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The name under which a school or unit acts; its code where nobody knows it. */
export const nameOfWorkplace = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  code: string,
): Promise<string> => {
  const school = code.length === 10 ? await directory.school(code) : undefined;
  if (school !== undefined) return school.name;
  const unit = await directory.unit(code);
  return unit === undefined ? code : authorityNameOf(unit);
};
