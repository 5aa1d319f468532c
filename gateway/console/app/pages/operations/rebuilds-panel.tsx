import { Empty, Flex, Progress } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { linesOf, percentOf, type Rebuild, type Service } from './standing.ts';
import { texts } from './texts.ts';
import { useServiceName } from './use-service-name.ts';

const Running = ({ rebuild }: { rebuild: Rebuild }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const nameOf = useServiceName();
  const { service, consumer, compareOnly, seconds, read, total } = rebuild;
  const what = `${compareOnly ? t.compare : t.rebuild} ${nameOf(service)} · ${consumer}`;
  const percent = percentOf(rebuild);
  return (
    <div>
      <strong>{what}</strong>
      <div className="quiet">
        {t.running} {formats.number(seconds)} {t.seconds} · {t.read} {formats.number(read)}
        {total !== null && ` / ${formats.number(total)}`}
      </div>
      {percent !== undefined && <Progress percent={percent} aria-label={`${t.progress} ${what}`} />}
    </div>
  );
};

/** Rebuilds and comparisons that run, with how far they are. */
export const RebuildsPanel = ({ services }: { services: readonly Service[] }) => {
  const t = useTexts(texts);
  const rebuilds = linesOf(services, (service) => service.rebuilds);
  return (
    <Panel title={t.rebuilds}>
      {rebuilds.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noRebuilds} />
      ) : (
        <Flex vertical gap="middle">
          {rebuilds.map((rebuild) => (
            <Running key={rebuild.job} rebuild={rebuild} />
          ))}
        </Flex>
      )}
    </Panel>
  );
};
