import { useQuery } from '@apollo/client/react';
import { Breadcrumb } from 'antd';
import { Link } from 'react-router';
import { PlaceDocument, type PlaceQuery } from './generated/place.ts';
import { isSchool } from './is-school.ts';

type Step = { code: string; name: string };
type Above = Step & { parent?: Above | null };

const stepsOf = (unit: Above | null | undefined): Step[] => (unit ? [...stepsOf(unit.parent), unit] : []);

const stepsTo = ({ school, orgUnit }: PlaceQuery): Step[] =>
  school ? [...stepsOf(school.registryAuthority), { code: school.id, name: school.name }] : stepsOf(orgUnit);

type Props = {
  /** Code of the unit or school that is shown, and of the one in which the viewer works. */
  scope: string;
  own: string;
  /** Address of the same page for another unit. */
  addressOf(scope: string): string;
};

/** The way from the viewer's own unit down to the one that is shown. */
export const PlaceTrail = ({ scope, own, addressOf }: Props) => {
  const variables = { unit: scope, school: scope, isSchool: isSchool(scope) };
  const { data } = useQuery(PlaceDocument, { variables });
  const steps = data ? stepsTo(data) : [];
  const from = steps.findIndex(({ code }) => code === own);
  const items = steps.slice(Math.max(from, 0)).map(({ code, name }) => ({
    key: code,
    title:
      code === scope ? <span aria-current="page">{name}</span> : <Link to={addressOf(code)}>{name}</Link>,
  }));
  return <Breadcrumb items={items} />;
};
