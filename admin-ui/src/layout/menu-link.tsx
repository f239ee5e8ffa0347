import { ListItem, ListItemButton, ListItemIcon, ListItemText, type SvgIcon } from '@mui/material';
import { Link, useMatch } from 'react-router-dom';

interface MenuLinkProps {
  readonly to: string;
  readonly Icon?: typeof SvgIcon;
  /** Marked only on this page, and not on those below it. */
  readonly isExact?: boolean;
  readonly children: string;
}

/** One line of the menu, marked where somebody is. */
export const MenuLink = ({ to, Icon, isExact = false, children }: MenuLinkProps) => {
  const isHere = useMatch({ path: to, end: isExact }) !== null;
  return (
    <ListItem disablePadding>
      <ListItemButton
        component={Link}
        to={to}
        selected={isHere}
        aria-current={isHere ? 'page' : undefined}
        sx={{ borderRadius: 1, py: 0.5 }}
      >
        {Icon !== undefined && (
          <ListItemIcon sx={{ minWidth: 36 }}>
            <Icon fontSize="small" />
          </ListItemIcon>
        )}
        <ListItemText primary={children} slotProps={{ primary: { noWrap: true, title: children } }} />
      </ListItemButton>
    </ListItem>
  );
};
