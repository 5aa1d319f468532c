import { withBelow } from './place-options.ts';

const shanxi = { code: '140000', name: '山西省', level: 'PROVINCE' };
const taiyuan = { code: '140100', name: '太原市', level: 'CITY' };
const xiaodian = { code: '140105', name: '小店区', level: 'COUNTY' };

test('units come below the one that was opened, and a county is the last', () => {
  const provinces = withBelow([], [], [shanxi, { ...shanxi, code: '110000', name: '北京市' }]);
  const cities = withBelow(provinces, ['140000'], [taiyuan]);
  const counties = withBelow(cities, ['140000', '140100'], [xiaodian]);
  expect(counties).toEqual([
    {
      value: '140000',
      label: '山西省',
      isLeaf: false,
      children: [
        {
          value: '140100',
          label: '太原市',
          isLeaf: false,
          children: [{ value: '140105', label: '小店区', isLeaf: true }],
        },
      ],
    },
    { value: '110000', label: '北京市', isLeaf: false },
  ]);
});
