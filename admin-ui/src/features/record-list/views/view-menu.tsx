import BookmarkBorder from '@mui/icons-material/BookmarkBorder';
import { Box, Button, Popover, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useListContext } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useNotice } from '../../../components/use-notice.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordPaths } from '../../../models/record-paths.js';
import { useText } from '../../../texts/use-text.js';
import type { Columns } from '../columns/use-columns.js';
import type { SavedView } from './saved-view.js';
import { newViewId, useViews } from './use-views.js';
import { VIEW_PARAMETER, viewAddress, viewOf } from './view-address.js';
import { ViewLine } from './view-line.js';
import { ViewNameForm } from './view-name-form.js';

interface ViewMenuProps {
  readonly model: ModelDescriptor;
  readonly columns: Columns;
}

/** What a view is now, and how to get to one. */
const useViewState = ({ path }: ModelDescriptor, { chosen, others }: Columns) => {
  const [address] = useSearchParams();
  const { filterValues, sort, perPage } = useListContext();
  const fields = [...chosen, ...others];
  const state = viewOf({ columns: chosen, filter: filterValues, sort, perPage }, fields);
  const addressOf = (view: Omit<SavedView, 'name'>) => viewAddress(view, fields);
  return {
    state,
    openId: address.get(VIEW_PARAMETER),
    linkTo: (view: Omit<SavedView, 'name'>) => `${recordPaths.list(path)}?${addressOf(view).search}`,
    goneFrom: (view: SavedView) => addressOf(view).gone,
    isAsSaved: (view: SavedView) => addressOf(view).search === addressOf({ ...state, id: view.id }).search,
  };
};

/** Where people keep lists as they are, and open them again. */
export const ViewMenu = ({ model, columns }: ViewMenuProps) => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const views = useViews(model);
  const { state, openId, linkTo, goneFrom, isAsSaved } = useViewState(model, columns);
  const open = views.all.find((view) => view.id === openId);

  const keep = (view: SavedView) => {
    views.keep(view);
    notice('views.saved', { name: view.name });
    setAnchor(null);
    void navigate(linkTo(view), { replace: true });
  };
  const sayWhatIsGone = (view: SavedView) => {
    const gone = goneFrom(view);
    if (gone.length > 0) notice('views.gone', { names: gone.join(', ') }, 'warning');
    setAnchor(null);
  };

  return (
    <>
      <Button
        startIcon={<BookmarkBorder />}
        aria-haspopup="dialog"
        aria-label={open && text('views.open', { name: open.name })}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ maxWidth: 240, '& > span:last-of-type': { flexShrink: 0 } }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {open?.name ?? text('views.title')}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': id, sx: { p: 2, width: 360, maxHeight: '70vh' } } }}
      >
        <Typography id={id} variant="h3" component="h2" gutterBottom>
          {text('views.dialog')}
        </Typography>
        {views.all.length === 0 && (
          <Typography variant="body2" color="text.secondary">
            {text('views.none')}
          </Typography>
        )}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {views.all.map((view) => (
            <ViewLine
              key={view.id}
              view={view}
              views={views}
              to={linkTo(view)}
              isOpen={view === open}
              onOpen={() => sayWhatIsGone(view)}
            />
          ))}
        </Box>
        {open !== undefined && !isAsSaved(open) && (
          <Button size="small" onClick={() => keep({ ...open, ...state })} sx={{ mt: 1, mx: -0.5 }}>
            {text('views.update', { name: open.name })}
          </Button>
        )}
        <Box sx={{ mt: 2 }}>
          <ViewNameForm
            label={text('views.name')}
            submit={text('views.save')}
            isTaken={views.isTaken}
            onName={(name) => keep({ ...state, id: newViewId(), name })}
          />
        </Box>
      </Popover>
    </>
  );
};
