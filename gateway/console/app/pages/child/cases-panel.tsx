import { Empty, Flex } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { ApplicationCard } from './application-card.tsx';
import { ChildCasesDocument, type ChildCasesQuery } from './generated/child-cases.ts';
import { texts } from './texts.ts';
import { TransferCard } from './transfer-card.tsx';
import { UpdateCard } from './update-card.tsx';

type Child = NonNullable<ChildCasesQuery['student']>;

const Cases = ({ child: { transferApplications, transfers, informationUpdates } }: { child: Child }) => {
  const t = useTexts(texts);
  const cards = [
    ...(transfers ?? []).map((transfer) => <TransferCard key={transfer.id} transfer={transfer} />),
    ...(transferApplications ?? []).map((application) => (
      <ApplicationCard key={application.id} application={application} />
    )),
    ...(informationUpdates ?? []).map((update) => <UpdateCard key={update.id} update={update} />),
  ];
  if (cards.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noCases} />;
  return (
    <Flex vertical gap="large">
      {cards}
    </Flex>
  );
};

/** Everything that is or was under way for the child; what runs is followed live. */
export const CasesPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.cases}>
      <Answer document={ChildCasesDocument} variables={{ id }} select={({ student }) => student}>
        {({ student }) => student && <Cases child={student} />}
      </Answer>
    </Panel>
  );
};
