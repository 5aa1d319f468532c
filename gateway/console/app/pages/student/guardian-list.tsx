import { Table, type TableColumnsType, Tag } from 'antd';
import type { Problem } from '../../graph/problems.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Guarded } from '../../values/guarded.tsx';
import type { StudentIdentityQuery } from './generated/identity.ts';
import { texts } from './texts.ts';

type Guardians = NonNullable<StudentIdentityQuery['student']>['guardians'];
type Row = NonNullable<Guardians>[number];

/** Guardians and members of the family, as far as the viewer may know of them. */
export const GuardianList = ({
  guardians,
  problems,
}: {
  guardians: Guardians;
  problems: readonly Problem[];
}) => {
  const t = useTexts(texts);
  const words = useWords();
  const guarded = (value: string | null) => <Guarded value={value} field="guardians" problems={problems} />;
  const columns: TableColumnsType<Row> = [
    {
      key: 'name',
      title: t.name,
      render: (_, { name, isLegalGuardian }) => (
        <>
          {guarded(name)} {isLegalGuardian && <Tag>{t.legalGuardian}</Tag>}
        </>
      ),
    },
    { key: 'relation', title: t.relation, render: (_, row) => words('GuardianRelation', row.relation) },
    { key: 'phone', title: t.phone, render: (_, { phone }) => guarded(phone) },
    { key: 'work', title: t.workUnit, render: (_, { workUnit }) => guarded(workUnit) },
  ];
  return (
    <Panel title={t.guardians}>
      {guardians ? (
        <Table
          size="small"
          columns={columns}
          dataSource={[...guardians]}
          rowKey={({ position }) => position}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      ) : (
        guarded(null)
      )}
    </Panel>
  );
};
