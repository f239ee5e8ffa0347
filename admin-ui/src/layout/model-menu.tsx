import { Typography } from '@mui/material';
import { type AppGroup, appLabel, groupByApp } from '../models/app-groups.js';
import type { ModelSummary } from '../models/model-descriptor.js';
import { recordPaths } from '../models/record-paths.js';
import { useText } from '../texts/use-text.js';
import { MenuLink } from './menu-link.js';
import { MenuSection } from './menu-section.js';

/** More lines than anybody reads; a search finds the others. */
const MOST_SHOWN = 200;

const addressOf = ({ path, permissions }: ModelSummary): string =>
  permissions.view ? recordPaths.list(path) : recordPaths.create(path);

const AppMenu = ({ app, models }: AppGroup) => (
  <MenuSection title={appLabel(app)}>
    {models.map((model) => (
      <MenuLink key={model.id} to={addressOf(model)}>
        {model.verboseName}
      </MenuLink>
    ))}
  </MenuSection>
);

const Remark = ({ children }: { readonly children: string }) => (
  <Typography color="text.secondary" variant="body2" sx={{ px: 3, py: 2 }}>
    {children}
  </Typography>
);

interface ModelMenuProps {
  readonly models: readonly ModelSummary[];
  /** Part of a name, in any case. */
  readonly sought: string;
}

/** The models by app. */
export const ModelMenu = ({ models, sought }: ModelMenuProps) => {
  const text = useText();
  const part = sought.trim().toLowerCase();
  const found = models.filter(({ app, name, verboseName }) =>
    `${app}.${name} ${verboseName}`.toLowerCase().includes(part),
  );
  const hidden = found.length - MOST_SHOWN;
  if (found.length === 0 && part !== '') return <Remark>{text('menu.none')}</Remark>;
  return (
    <>
      {groupByApp(found.slice(0, MOST_SHOWN)).map((group) => (
        <AppMenu key={group.app} {...group} />
      ))}
      {hidden > 0 && <Remark>{text('menu.more', { smart_count: hidden })}</Remark>}
    </>
  );
};
