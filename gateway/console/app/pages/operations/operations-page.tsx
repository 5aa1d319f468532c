import { useApolloClient } from '@apollo/client/react';
import { Typography } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { ProblemList } from '../../graph/problem-list.tsx';
import { useEvery } from '../../graph/use-every.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { ClocksPanel } from './clocks-panel.tsx';
import { OperationsDocument } from './generated/operations.ts';
import { LagPanel } from './lag-panel.tsx';
import { ParkedPanel } from './parked-panel.tsx';
import { ReadsPanel } from './reads-panel.tsx';
import { RebuildsPanel } from './rebuilds-panel.tsx';
import { ServicesPanel } from './services-panel.tsx';
import { texts } from './texts.ts';

/** Milliseconds until the page looks again. */
const again = 5_000;

const AsOf = ({ asOf }: { asOf: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <p className="quiet">
      {t.asOf} {formats.instant(asOf)}
    </p>
  );
};

/** How the services stand; looks again every few seconds while somebody looks at it. */
export default function OperationsPage() {
  const t = useTexts(texts);
  const client = useApolloClient();
  useEvery(again, () => void client.refetchQueries({ include: [OperationsDocument] }));
  return (
    <>
      <PageHead title={t.title} />
      <Typography.Paragraph type="secondary">{t.subtitle}</Typography.Paragraph>
      <Answer document={OperationsDocument} variables={{}} select={({ operations }) => operations?.services}>
        {({ operations }, problems) =>
          operations && (
            <>
              {problems.length > 0 && <ProblemList problems={problems} />}
              <AsOf asOf={operations.asOf} />
              <div className="panels">
                <ServicesPanel services={operations.services} />
                <LagPanel services={operations.services} />
                <ParkedPanel services={operations.services} />
                <div className="panels-half">
                  <RebuildsPanel services={operations.services} />
                </div>
                <div className="panels-half">
                  <ClocksPanel services={operations.services} />
                </div>
                <ReadsPanel services={operations.services} />
              </div>
            </>
          )
        }
      </Answer>
    </>
  );
}
