import { useApolloClient } from '@apollo/client/react';
import { Alert, Breadcrumb, Button, Empty, Flex, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { type Problem, problemsOf } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { FileInput } from '../../uploads/file-input.tsx';
import { type Sent, sendFile } from '../../uploads/sent-file.ts';
import { ImportJobsDocument, type ImportJobsQuery } from './generated/import-jobs.ts';
import { StartImportDocument } from './generated/start-import.ts';
import { JobPanel } from './job-panel.tsx';
import { texts } from './texts.ts';

type Job = NonNullable<ImportJobsQuery['importJobs']>[number];

const kinds = '.xlsx,.csv';

/** A file that was taken stays known, so that the import for good needs no second sending. */
const FileChoice = ({ school }: { school: string }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const client = useApolloClient();
  const [, setSearch] = useSearchParams();
  const [isSending, setSending] = useState(false);
  const [sent, setSent] = useState<Sent>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const order = useOrder(StartImportDocument, {
    findingsOf: ({ startImport }) => startImport.findings,
    refetch: ['ImportJobs'],
  });
  const start = async (upload: string, dryRun: boolean): Promise<void> => {
    const job = (await order.give({ school, upload, dryRun }))?.startImport.job;
    if (job) setSearch({ job: job.id });
  };
  const choose = async (file: File): Promise<void> => {
    setSending(true);
    setProblems([]);
    try {
      const answer = await sendFile(client, file, { school, purpose: 'REGISTRATION_IMPORT' });
      setSent(answer);
      if (answer.upload) await start(answer.upload, true);
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <Flex vertical gap="middle">
      <FileInput
        text={t.which}
        accept={kinds}
        disabled={isSending}
        onChoose={(file) => void choose(file)}
        showsName
      />
      <span className="quiet">{t.dryRun}</span>
      {sent?.problem && (
        <Alert
          type="error"
          showIcon
          title={language === 'zh' ? sent.problem.message : sent.problem.messageEn}
        />
      )}
      <OrderOutcome
        outcome={{
          problems: [...problems, ...order.outcome.problems],
          findings: [...(sent?.findings ?? []), ...order.outcome.findings],
        }}
      />
      {sent?.upload && (
        <Flex>
          <Button
            type="primary"
            loading={order.underWay}
            onClick={() => void start(sent.upload ?? '', false)}
          >
            {t.start}
          </Button>
        </Flex>
      )}
    </Flex>
  );
};

const Recent = ({ school }: { school: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Job> = [
    {
      key: 'started',
      title: t.started,
      render: (_, { id, startedAt }) => <Link to={`?job=${id}`}>{formats.instant(startedAt)}</Link>,
    },
    {
      key: 'state',
      title: t.state,
      render: (_, { state, dryRun }) => (
        <>
          {words('ImportState', state)} {dryRun && <Tag>{t.tryOut}</Tag>}
        </>
      ),
    },
    { key: 'good', title: t.good, align: 'right', render: (_, { good }) => formats.number(good) },
    { key: 'bad', title: t.bad, align: 'right', render: (_, { bad }) => formats.number(bad) },
  ];
  return (
    <Answer
      document={ImportJobsDocument}
      variables={{ school }}
      select={({ importJobs }) => importJobs}
      empty={<Empty description={t.none} />}
    >
      {({ importJobs }) => (
        <Table
          size="small"
          columns={columns}
          dataSource={[...(importJobs ?? [])]}
          rowKey={({ id }) => id}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </Answer>
  );
};

/** A school imports a file of collection forms: first a dry run with its report, then for good; the job stands in the address. */
export default function ImportPage() {
  const t = useTexts(texts);
  const { school } = useViewer();
  const [search] = useSearchParams();
  const job = search.get('job');
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      {school && (
        <div className="panels">
          <Panel title={t.file}>
            <FileChoice school={school.id} />
          </Panel>
          {job && <JobPanel key={job} id={job} />}
          <Panel title={t.jobs}>
            <Recent school={school.id} />
          </Panel>
        </div>
      )}
    </>
  );
}
