import { useQuery } from '@apollo/client/react';
import { Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { useSettled } from '../../orders/use-settled.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { UnitSchoolsDocument } from './generated/unit-schools.ts';
import { texts } from './texts.ts';

/** The school whose classes are looked at: the own one, or for an authority the one that the address names. */
export const useSchool = (): string | undefined => {
  const { school } = useViewer();
  const [search] = useSearchParams();
  return school?.id ?? search.get('school') ?? undefined;
};

/** Where an authority chooses one of its schools, by a part of the name; at a school there is nothing to choose. */
export const SchoolChoice = ({ name }: { name: string | undefined }) => {
  const t = useTexts(texts);
  const { school, unit } = useViewer();
  const chosen = useSchool();
  const [, setSearch] = useSearchParams();
  const [typed, setTyped] = useState('');
  const settled = useSettled(typed.trim()) || null;
  const skip = school !== null || unit === null;
  const { data } = useQuery(UnitSchoolsDocument, {
    variables: { unit: unit?.code ?? '', name: settled },
    skip,
  });
  if (skip) return null;
  const found = (data?.schools?.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }));
  const isFound = found.some(({ value }) => value === chosen);
  return (
    <Select
      aria-label={t.chooseSchool}
      placeholder={t.chooseSchool}
      className="class-school"
      value={chosen}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(id: string) => setSearch({ school: id })}
      options={chosen && name && !isFound ? [{ value: chosen, label: name }, ...found] : found}
    />
  );
};
