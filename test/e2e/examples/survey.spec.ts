import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../../examples/survey/app.module.js';
import { tableNames } from '../../fixtures/catalogue.js';
import { problem, refusedAt } from '../../fixtures/problem.js';
import { ADAPTERS, describeWalk, startExample, type Example } from '../../support/example.js';
import type { Http } from '../../support/http.js';

const survey = (name: string, questions: readonly object[] = [{ text: 'Really?', kind: 'yes_no' }]) => ({
  name,
  title: `About ${name}`,
  questions,
});

describeWalk('survey', AppModule);

describe.each(ADAPTERS)('the survey tool, on %s', (adapter) => {
  let tool: Example;
  let somebody: Http;

  /** Makes a survey. @returns its owner */
  const ask = async (name: string, questions?: readonly object[]): Promise<Http> => {
    const { status, body } = await somebody.post<{ key: string }>('/surveys', survey(name, questions));
    expect(status).toBe(201);
    return tool.as(body.key);
  };

  beforeEach(async () => {
    tool = await startExample(AppModule, adapter);
    somebody = tool.as();
  });
  afterEach(() => tool.close());

  it('has a kind of question for every kind of answer', async () => {
    const owner = await ask('Kinds', [
      { text: 'In your own words?', kind: 'text' },
      { text: 'Agreed?', kind: 'yes_no' },
      { text: 'How many stars?', kind: 'stars' },
      { text: 'Which one?', kind: 'one_of', choices: ['a', 'b'] },
      { text: 'Which ones?', kind: 'some_of', choices: ['a', 'b'], required: true },
    ]);

    const answered = await somebody.post('/api/survey/kinds', { q1: 'Yes', q2: true, q3: 4, q4: 'a', q5: ['a', 'b'] });
    const wrong = await somebody.post('/api/survey/kinds', { q2: 'maybe', q3: 0, q4: 'c', q5: [] });

    expect(answered).toMatchObject({ status: 201, body: { id: 1 } });
    expect(answered.body).toEqual({ id: 1 });
    expect((await owner.get('/api/survey/kinds/1')).body).toEqual({
      id: 1,
      q1: 'Yes',
      q2: true,
      q3: 4,
      q4: 'a',
      q5: ['a', 'b'],
    });
    expect(wrong).toMatchObject(refusedAt('q2', 'invalid_type'));
    expect(wrong).toMatchObject(refusedAt('q3', 'out_of_range'));
    expect(wrong).toMatchObject(refusedAt('q4', 'not_a_choice'));
    expect(wrong).toMatchObject(refusedAt('q5', 'required'));
  });

  it('shows the answers to the owner of the survey only, and lets nobody change them', async () => {
    const owner = await ask('Lunch');
    const neighbour = await ask('Dinner');
    await somebody.post('/api/survey/lunch', { q1: true });

    const refused = [
      await somebody.get('/api/survey/lunch/1'),
      await neighbour.get('/api/survey/lunch?aggregate=count'),
      await tool.as('guess').post('/api/survey/lunch/query', {}),
      await somebody.patch('/api/survey/lunch/1', { q1: false }),
      await owner.patch('/api/survey/lunch/1', { q1: false }),
      await owner.delete('/api/survey/lunch?filter.q1=true'),
      await owner.get('/api/meta/models'),
    ];

    expect(refused).toMatchObject(refused.map(() => problem(403, 'forbidden', /You may not/)));
    expect((await owner.get('/api/survey/lunch?aggregate=count&groupBy=q1')).body).toEqual({
      data: [{ q1: true, count: 1 }],
    });
  });

  it('takes no answers once the owner has closed the survey', async () => {
    const owner = await ask('Lunch');
    await ask('Dinner');
    const byStranger = await somebody.post('/surveys/Lunch/close');
    const before = await somebody.post('/api/survey/lunch', { q1: true });

    const closed = await owner.post('/surveys/Lunch/close');

    expect(byStranger).toMatchObject({ status: 403 });
    expect(before).toMatchObject({ status: 201 });
    expect(closed).toMatchObject({ status: 204 });
    expect(await somebody.post('/api/survey/lunch', { q1: true })).toMatchObject(
      problem(403, 'forbidden', /may not add records of/),
    );
    expect(await somebody.post('/api/survey/dinner', { q1: true })).toMatchObject({ status: 201 });
    expect((await somebody.get('/surveys/Lunch')).body).toMatchObject({ title: 'About Lunch', isOpen: false });
  });

  it('deletes a survey with its answers, for its owner', async () => {
    const owner = await ask('Lunch');
    const neighbour = await ask('Dinner');
    await somebody.post('/api/survey/lunch', { q1: true });

    const byNeighbour = await neighbour.delete('/surveys/Lunch');
    const byOwner = await owner.delete('/surveys/Lunch');

    expect(byNeighbour).toMatchObject({ status: 403 });
    expect(byOwner).toMatchObject({ status: 204 });
    expect(await tableNames(tool.database)).not.toContain('survey_lunch');
    expect(await tableNames(tool.database)).toContain('survey_dinner');
    expect(await owner.get('/surveys/Lunch')).toMatchObject({ status: 404 });
    expect(await owner.get('/api/survey/lunch')).toMatchObject({ family: '4xx' });
  });

  it('makes no survey of which something is wrong', async () => {
    await ask('Lunch');

    const answers = [
      await somebody.post('/surveys', survey('Lunch')),
      await somebody.post('/surveys', survey('Break', [])),
      await somebody.post('/surveys', survey('Break', [{ text: 'Which?', kind: 'one_of' }])),
      await somebody.post('/surveys', survey('Break', [{ text: 'Where?', kind: 'place' }])),
      await somebody.post('/surveys', survey('A break')),
    ];

    expect(answers.map(({ status }) => status)).toEqual([409, 400, 400, 400, 400]);
    expect(await somebody.get('/surveys/Break')).toMatchObject({ status: 404 });
  });
});
