import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../../examples/cms/app.module.js';
import { createRecord, createRecords, defineModels } from '../../fixtures/arrange.js';
import { problem, refusedAt } from '../../fixtures/problem.js';
import { ADAPTERS, describeWalk, startExample, type Example } from '../../support/example.js';
import type { Http, PageBody } from '../../support/http.js';

const [BOB_ID, EVE_ID] = [2, 3];

const text = (name: string, type = 'char') => ({ name, type });
const CONTENT_TYPES = [
  { name: 'Topic', fields: [text('title'), text('slug', 'slug')] },
  {
    name: 'Post',
    fields: [
      text('title'),
      { ...text('slug', 'slug'), unique: true },
      text('published', 'boolean'),
      { ...text('author', 'foreign_key'), relatedModel: 'User' },
      { ...text('topic', 'foreign_key'), relatedModel: 'cms.Topic', options: { relatedName: 'posts' } },
    ],
  },
];

describeWalk('cms', AppModule);

describe.each(ADAPTERS)('the CMS, on %s', (adapter) => {
  let cms: Example;
  let ada: Http;
  let bob: Http;
  let eve: Http;
  let reader: Http;

  const titles = async (http: Http, path: string) =>
    (await http.get<PageBody>(path)).body.data.map(({ title }) => title);

  beforeEach(async () => {
    cms = await startExample(AppModule, adapter);
    ada = cms.as('ada');
    bob = cms.as('bob');
    eve = cms.as('eve');
    reader = cms.as();
    await defineModels(ada, CONTENT_TYPES);
    await createRecord(ada, '/api/cms/topic', { title: 'Birds' });
    await createRecords(bob, '/api/cms/post', [
      { title: 'Owls', topic: 1 },
      { title: 'Larks', topic: 1 },
    ]);
    await createRecord(eve, '/api/cms/post', { title: 'Élan, or: the Swift!', topic: 1 });
  });
  afterEach(() => cms.close());

  it('gives entries a slug and their author, and what they have is kept', async () => {
    const chosen = await createRecord(bob, '/api/cms/post', { title: 'Crows', slug: 'black-birds' });
    const renamed = await bob.patch('/api/cms/post/1', { title: 'Night Owls' });
    const byAda = await createRecord(ada, '/api/cms/post', { title: 'For Eve', author: EVE_ID });

    expect(chosen).toMatchObject({ slug: 'black-birds', author: BOB_ID });
    expect(renamed.body).toMatchObject({ title: 'Night Owls', slug: 'owls', author: BOB_ID });
    expect(byAda).toMatchObject({ slug: 'for-eve', author: EVE_ID });
    expect((await eve.get('/api/cms/post/3')).body).toMatchObject({ slug: 'elan-or-the-swift', author: EVE_ID });
  });

  it('shows drafts to their author only, on every way to them', async () => {
    await ada.patch('/api/cms/post/1', { published: true });

    const byReader = [
      await titles(reader, '/api/cms/post'),
      await titles(reader, '/api/cms/post?search=larks'),
      await titles(reader, '/api/cms/topic?filter.posts.title=Larks'),
    ];

    expect(byReader).toEqual([['Owls'], [], []]);
    expect(await titles(bob, '/api/cms/post?sortBy=id:ASC')).toEqual(['Owls', 'Larks']);
    expect(await titles(bob, '/api/cms/topic?filter.posts.title=Larks')).toEqual(['Birds']);
    expect((await reader.get('/api/cms/topic')).body).toMatchObject({ data: [{ posts: [1] }] });
    expect((await reader.get('/api/cms/topic/1')).body).toMatchObject({ posts: [1] });
    expect((await reader.get('/api/cms/topic/1?include=posts')).body).toMatchObject({ posts: [{ id: 1 }] });
    expect((await ada.get('/api/cms/topic')).body).toMatchObject({ data: [{ posts: [1, 2, 3] }] });
    expect(await reader.get('/api/cms/post/2')).toMatchObject(problem(404, 'record_not_found', /id 2/));
  });

  it('lets authors change and delete what is theirs', async () => {
    await ada.patch('/api/cms/post/3', { published: true });

    const changed = await bob.patch('/api/cms/post/3', { title: 'Mine' });
    const deleted = await bob.delete('/api/cms/post?filter.title=$null');
    const cleared = await bob.delete('/api/cms/post?filter.id=$gte:1');

    expect(changed).toMatchObject(problem(403, 'forbidden', /may not change records of/));
    expect(deleted.body).toEqual({ count: 0 });
    expect(cleared.body).toEqual({ count: 2 });
    expect(await titles(ada, '/api/cms/post')).toEqual(['Élan, or: the Swift!']);
  });

  it('lets nobody write in the name of somebody else', async () => {
    const answer = await bob.post('/api/cms/post', { title: 'I, Eve', author: EVE_ID });

    expect(answer).toMatchObject(refusedAt('author', 'read_only_field'));
  });

  it('lets readers read, and strangers nothing', async () => {
    const written = await reader.post('/api/cms/post', { title: 'Hello' });
    const asked = await cms.as('mallory').get('/api/cms/post');
    const models = await reader.get('/api/meta/models');

    expect(written).toMatchObject(
      problem(401, 'authentication_required', /may not add records of .+ without signing in/),
    );
    expect(asked).toMatchObject(problem(401, 'unauthorized', /Nobody has this token/));
    expect(models).toMatchObject(problem(401, 'authentication_required', /models without signing in/));
  });
});
