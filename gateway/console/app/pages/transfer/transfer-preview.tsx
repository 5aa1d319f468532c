import { Alert, Flex } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Values } from '../../layout/values.tsx';
import {
  PreviewTransferDocument,
  type PreviewTransferQuery,
  type PreviewTransferQueryVariables,
} from './generated/preview-transfer.ts';
import { texts } from './texts.ts';

type Preview = NonNullable<PreviewTransferQuery['previewTransfer']>;

const Expected = ({ preview: { findings, parties, firstDeadline } }: { preview: Preview }) => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <Flex vertical gap="middle">
      {findings.length > 0 ? (
        <FindingList findings={findings} />
      ) : (
        <Alert type="success" showIcon title={t.nothingAgainst} />
      )}
      <Values
        items={[
          [
            t.parties,
            parties.map(({ party, unit }) => `${words('TransferParty', party)} ${unit}`).join(' → ') || '–',
          ],
          [
            t.firstDeadline,
            firstDeadline ? (
              <Clock
                key="clock"
                due={firstDeadline.on}
                provisional={firstDeadline.provisional}
                overdue={false}
              />
            ) : (
              '–'
            ),
          ],
        ]}
      />
    </Flex>
  );
};

/** What would come of a transfer: whether it can be, who decides, until when. */
export const TransferPreview = ({ transfer }: { transfer: PreviewTransferQueryVariables['input'] }) => (
  <Answer
    document={PreviewTransferDocument}
    variables={{ input: transfer }}
    select={({ previewTransfer }) => previewTransfer}
  >
    {({ previewTransfer }) => previewTransfer && <Expected preview={previewTransfer} />}
  </Answer>
);
