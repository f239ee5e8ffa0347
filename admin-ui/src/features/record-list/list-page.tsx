import { Stack } from '@mui/material';
import { useEffect } from 'react';
import { ListBase } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { NotFound } from '../../components/not-found.js';
import { Page } from '../../components/page.js';
import { useNotice } from '../../components/use-notice.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { useFollowRecords } from '../../live/use-follow-records.js';
import { useRouteModel } from '../../models/use-route-model.js';
import { selectPaths } from '../../models/select-paths.js';
import { useText } from '../../texts/use-text.js';
import { rememberList } from '../../records/list-address.js';
import { type Columns, useColumns } from './columns/use-columns.js';
import { FilterBar } from './filters/filter-bar.js';
import { FIRST_SORT } from './first-sort.js';
import { ListToolbar } from './list-toolbar.js';
import { RecordList } from './record-list.js';
import { SelectionProvider } from './selection/selection-provider.js';
import { SearchBox } from './search-box.js';

const PER_PAGE = 25;

/** Only what is shown, and what stands for a record. */
const selectOf = ({ display, fields }: ModelDescriptor, columns: readonly FieldDescriptor[]): readonly string[] => {
  const telling = fields.filter(({ name }) => name === display);
  return [...new Set([...telling, ...columns].flatMap(selectPaths))].filter((path) => path !== 'id');
};

/** Columns of an address that are gone from the model are left out, with a word. */
const useMissingNotice = ({ missing }: Columns): void => {
  const notice = useNotice();
  const names = missing.join(', ');
  useEffect(() => {
    if (names !== '') notice('views.gone', { names }, 'warning');
  }, [names, notice]);
};

const ModelList = ({ model }: { readonly model: ModelDescriptor }) => {
  const { search } = useLocation();
  const columns = useColumns(model);
  useMissingNotice(columns);
  const { path, verboseName } = model;
  const select = selectOf(model, columns.chosen);
  useFollowRecords(model, columns.chosen);
  useEffect(() => rememberList(path, search), [path, search]);
  return (
    <ListBase
      resource={path}
      storeKey={false}
      perPage={PER_PAGE}
      sort={FIRST_SORT}
      queryOptions={{ meta: { select }, onError: () => undefined }}
    >
      <SelectionProvider>
        <Page title={verboseName} actions={<ListToolbar model={model} columns={columns} select={select} />}>
          <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 1.5, mb: 2, alignItems: { sm: 'flex-start' } }}>
            <SearchBox />
            <FilterBar model={model} />
          </Stack>
          <RecordList model={model} columns={columns.chosen} />
        </Page>
      </SelectionProvider>
    </ListBase>
  );
};

/** The records of any model. */
const ListPage = () => {
  const text = useText();
  const { model, isGone } = useRouteModel();
  if (isGone) return <NotFound hint={text('errors.modelGone')} />;
  if (model === null || !model.permissions.view) return <NotFound />;
  return <ModelList key={model.id} model={model} />;
};

export default ListPage;
