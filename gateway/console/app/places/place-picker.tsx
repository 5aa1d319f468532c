import { useApolloClient, useQuery } from '@apollo/client/react';
import { Cascader } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';
import { UnitLineDocument } from './generated/unit-line.ts';
import { UnitsBelowDocument } from './generated/units-below.ts';
import { type PlaceOption, withBelow } from './place-options.ts';
import './place-picker.css';

const texts = {
  nation: ['全国', 'The nation'],
  choose: ['选择地区', 'Choose a place'],
} satisfies Texts;

const nation = '000000';

type Above = { code: string; name: string; parent?: Above | null };

/** Codes and names from the province down to the unit; the ministry, above all, is left out. */
const lineOf = (unit: Above | null | undefined): Above[] =>
  unit ? [...lineOf(unit.parent), unit].filter(({ code }) => code !== nation) : [];

type Props = { code: string | undefined; label: string; onChoose(code: string): void };

/** Chooses the nation or a unit of any level; what lies below one is asked for when it is opened. */
export const PlacePicker = ({ code, label, onChoose }: Props) => {
  const t = useTexts(texts);
  const client = useApolloClient();
  const [options, setOptions] = useState<readonly PlaceOption[]>([]);
  const { data } = useQuery(UnitLineDocument, { variables: { code: code ?? '' }, skip: !code });
  const line = lineOf(data?.orgUnit);
  const load = useCallback(
    async (path: readonly string[]): Promise<void> => {
      const parent = path.at(-1) ?? nation;
      const { data: below } = await client.query({ query: UnitsBelowDocument, variables: { parent } });
      setOptions((known) => withBelow(known, path, below?.orgUnits ?? []));
    },
    [client],
  );
  useEffect(() => void load([]).catch(() => undefined), [load]);
  const name = code === nation ? t.nation : line.map((unit) => unit.name).join(' / ');
  return (
    <Cascader
      aria-label={label}
      placeholder={t.choose}
      className="place-picker"
      changeOnSelect
      allowClear={false}
      options={[{ value: nation, label: t.nation, isLeaf: true }, ...options]}
      value={code === nation ? [nation] : line.map((unit) => unit.code)}
      displayRender={() => name}
      loadData={(path) => void load(path.map(({ value }) => String(value))).catch(() => undefined)}
      onChange={(path) => {
        const chosen = path?.at(-1);
        if (chosen) onChoose(String(chosen));
      }}
    />
  );
};
