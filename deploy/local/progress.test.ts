import { Writable } from 'node:stream';
import { showProgress } from '#deploy/local/progress.ts';

function shown() {
  const state = { now: 0, text: '' };
  const stream = new Writable({
    write(chunk, _encoding, done) {
      state.text += String(chunk);
      done();
    },
  }) as NodeJS.WriteStream;
  return { state, progress: showProgress(stream, () => state.now) };
}

test('where there is no terminal each step is a line, with its time at the end', () => {
  const { state, progress } = shown();
  progress.begin('PostgreSQL');
  state.now = 1_250;
  progress.finish('PostgreSQL', '127.0.0.1:5432');
  expect(state.text).toBe('  … PostgreSQL\n  ✓ PostgreSQL, 127.0.0.1:5432 1.3 s\n');
});

test('a counted step speaks once each tenth', () => {
  const { state, progress } = shown();
  for (let done = 0; done <= 1_000; done++) progress.count('Pupils', done, 1_000);
  expect(state.text.match(/of 1,000/g)).toHaveLength(9);
});

test('a step that was never begun does not end, and nothing is shown after the close', () => {
  const { state, progress } = shown();
  progress.finish('Nothing');
  progress.close();
  progress.begin('Late');
  progress.count('Late', 5, 10);
  progress.finish('Late');
  expect(state.text).toBe('');
});

test('a note is a line of its own, during the steps and after the close', () => {
  const { state, progress } = shown();
  progress.note('2,000 pupils are kept.');
  progress.close();
  progress.note('statistics runs again.');
  expect(state.text).toBe('  2,000 pupils are kept.\n  statistics runs again.\n');
});
