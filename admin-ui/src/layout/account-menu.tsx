import AccountCircle from '@mui/icons-material/AccountCircle';
import Key from '@mui/icons-material/Key';
import Logout from '@mui/icons-material/Logout';
import PhonelinkOff from '@mui/icons-material/PhonelinkOff';
import VpnKey from '@mui/icons-material/VpnKey';
import { Divider, IconButton, ListItemIcon, ListSubheader, Menu, MenuItem, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSession } from '../session/use-session.js';
import { useText } from '../texts/use-text.js';
import { SignOutEverywhere } from './sign-out-everywhere.js';

/** Whoever is signed in, and what they can do about it. Not there where the application has no accounts of Dynamo's. */
export const AccountMenu = () => {
  const text = useText();
  const logout = useLogout();
  const user = useSession()?.user;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isAsking, setAsking] = useState(false);
  if (!user) return null;
  const close = () => setAnchor(null);
  const askToSignOut = () => {
    close();
    setAsking(true);
  };
  return (
    <>
      <Tooltip title={text('account.open')}>
        <IconButton
          edge="end"
          color="inherit"
          aria-label={text('account.open')}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
        >
          <AccountCircle />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {/* A menu gives the focus to its first child, unless that is a heading. */}
        <ListSubheader role="presentation" disableSticky sx={{ py: 1, lineHeight: 'inherit', color: 'text.primary' }}>
          <Typography noWrap sx={{ fontWeight: 600 }}>
            {user.name || user.email}
          </Typography>
          {user.name !== '' && (
            <Typography variant="body2" color="text.secondary" noWrap>
              {user.email}
            </Typography>
          )}
        </ListSubheader>
        <Divider component="li" role="presentation" />
        <MenuItem component={Link} to="/auth/password" onClick={close}>
          <ListItemIcon>
            <Key fontSize="small" />
          </ListItemIcon>
          {text('account.password')}
        </MenuItem>
        <MenuItem component={Link} to="/auth/keys" onClick={close}>
          <ListItemIcon>
            <VpnKey fontSize="small" />
          </ListItemIcon>
          {text('accounts.keys.menu')}
        </MenuItem>
        <Divider component="li" role="presentation" />
        <MenuItem onClick={askToSignOut}>
          <ListItemIcon>
            <PhonelinkOff fontSize="small" />
          </ListItemIcon>
          {text('accounts.everywhere.menu')}
        </MenuItem>
        <MenuItem onClick={() => void logout({}, undefined, false)}>
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          {text('account.signOut')}
        </MenuItem>
      </Menu>
      <SignOutEverywhere isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  );
};
