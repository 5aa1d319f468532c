import { Card, Statistic, Typography } from 'antd';
import { useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { type Texts, useTexts } from '../../language/language.tsx';
import { StructureDocument } from './generated/structure.ts';

const texts = {
  title: ['概览', 'Overview'],
  pupils: ['在校生', 'Pupils'],
} satisfies Texts;

/** Key figures of a unit and everything below it; the unit stands in the address. */
export default function OverviewPage() {
  const t = useTexts(texts);
  const formats = useFormats();
  const [search] = useSearchParams();
  return (
    <>
      <Typography.Title level={1}>{t.title}</Typography.Title>
      <Answer
        document={StructureDocument}
        variables={{ scope: search.get('scope') }}
        select={({ enrollmentStatistics }) => enrollmentStatistics}
      >
        {({ enrollmentStatistics }) => (
          <Card>
            <Statistic title={t.pupils} value={formats.number(enrollmentStatistics?.total ?? 0)} />
          </Card>
        )}
      </Answer>
    </>
  );
}
