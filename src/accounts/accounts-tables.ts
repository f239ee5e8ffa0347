import type { DataSource } from 'typeorm';
import { applyUpgrades } from '../database/upgrades.js';
import { rateLimitTable } from './throttling/rate-limit.table.js';

/** Channel on which it is announced that somebody's rights may be others now. */
export const ACCOUNTS_CHANNEL = 'dynamo_accounts';

/** Each entry takes the tables of accounts one version further. Entries are only ever added. */
const UPGRADES: readonly ((schema: string) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}."user" (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      email text NOT NULL,
      name text NOT NULL DEFAULT '',
      password_hash text,
      is_active boolean NOT NULL DEFAULT true,
      is_superuser boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_login_at timestamptz
    );
    CREATE UNIQUE INDEX user_email ON ${schema}."user" (lower(email));
    CREATE TABLE ${schema}."group" (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      name text NOT NULL,
      is_active boolean NOT NULL DEFAULT true,
      is_anonymous boolean NOT NULL DEFAULT false
    );
    CREATE UNIQUE INDEX group_name ON ${schema}."group" (lower(name));
    CREATE UNIQUE INDEX group_is_anonymous ON ${schema}."group" (is_anonymous) WHERE is_anonymous;
    -- What it is granted holds for everybody, as soon as somebody switches it on.
    INSERT INTO ${schema}."group" (name, is_active, is_anonymous) VALUES ('anonymous', false, true);
    CREATE TABLE ${schema}.user_group (
      user_id uuid NOT NULL REFERENCES ${schema}."user" ON DELETE CASCADE,
      group_id uuid NOT NULL REFERENCES ${schema}."group" ON DELETE CASCADE,
      PRIMARY KEY (user_id, group_id)
    );
    CREATE INDEX user_group_group_id ON ${schema}.user_group (group_id);
    CREATE TABLE ${schema}.session (
      token_hash bytea PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES ${schema}."user" ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      address text,
      user_agent text
    );
    CREATE INDEX session_user_id ON ${schema}.session (user_id);
    CREATE INDEX session_expires_at ON ${schema}.session (expires_at);
    CREATE TABLE ${schema}.api_key (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      user_id uuid NOT NULL REFERENCES ${schema}."user" ON DELETE CASCADE,
      name text NOT NULL,
      prefix text NOT NULL,
      token_hash bytea NOT NULL UNIQUE,
      -- A key whose permissions are all gone with their models may do nothing, and not everything.
      is_limited boolean NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      last_used_at timestamptz
    );
    CREATE INDEX api_key_user_id ON ${schema}.api_key (user_id);
    -- Held by a user, a group, or a key that may do only this. By the ids of models and fields, so that names may change.
    CREATE TABLE ${schema}.permission (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      user_id uuid REFERENCES ${schema}."user" ON DELETE CASCADE,
      group_id uuid REFERENCES ${schema}."group" ON DELETE CASCADE,
      api_key_id uuid REFERENCES ${schema}.api_key ON DELETE CASCADE,
      model_id uuid REFERENCES ${schema}.meta_model ON DELETE CASCADE,
      action text NOT NULL CHECK (action IN ('view', 'add', 'change', 'delete', 'schema')),
      fields uuid[],
      rule jsonb,
      CHECK (num_nonnulls(user_id, group_id, api_key_id) = 1),
      CHECK ((model_id IS NULL) = (action = 'schema'))
    );
    CREATE UNIQUE INDEX permission_once ON ${schema}.permission
      (coalesce(user_id, group_id, api_key_id), action, coalesce(model_id, '00000000-0000-0000-0000-000000000000'));
    CREATE INDEX permission_model_id ON ${schema}.permission (model_id);
    CREATE TABLE ${schema}.setup_token (token_hash bytea PRIMARY KEY, expires_at timestamptz NOT NULL);
    CREATE TABLE ${schema}.audited_model (model_id uuid PRIMARY KEY REFERENCES ${schema}.meta_model ON DELETE CASCADE);
    -- Refers to nothing, so that it outlives what it speaks of.
    CREATE TABLE ${schema}.audit (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      action text NOT NULL,
      user_id uuid,
      "by" text,
      address text,
      request_id text,
      model_id uuid,
      record_id text,
      details jsonb NOT NULL DEFAULT '{}'
    );
    CREATE INDEX audit_at ON ${schema}.audit (at);
    CREATE INDEX audit_model_id ON ${schema}.audit (model_id, id);
    CREATE INDEX audit_user_id ON ${schema}.audit (user_id, id);
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.audit
      FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change();
    ALTER TABLE ${schema}.audit ENABLE ALWAYS TRIGGER append_only;
    -- By triggers, so that a change by hand is noticed like any other. What is only used announces nothing.
    CREATE FUNCTION ${schema}.announce_accounts() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_notify('${ACCOUNTS_CHANNEL}', ''); RETURN NULL; END $$;
    CREATE TRIGGER announce AFTER DELETE OR UPDATE OF email, name, is_active, is_superuser ON ${schema}."user"
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER DELETE OR UPDATE OF is_active ON ${schema}."group"
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON ${schema}.user_group
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON ${schema}.permission
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER INSERT OR DELETE ON ${schema}.audited_model
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER DELETE OR UPDATE OF token_hash, user_id, expires_at ON ${schema}.session
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();
    CREATE TRIGGER announce AFTER DELETE OR UPDATE OF token_hash, user_id, is_limited, expires_at ON ${schema}.api_key
      FOR EACH ROW EXECUTE FUNCTION ${schema}.announce_accounts();`,
  rateLimitTable,
];

/** Creates the tables of accounts beside Dynamo's own, or brings them up to date. @throws UnsupportedDatabaseError */
export const upgradeAccountsTables = async (
  dataSource: DataSource,
  schema: string,
  lockTimeout: number,
): Promise<void> => applyUpgrades(dataSource, { schema, journal: 'accounts_upgrade', upgrades: UPGRADES }, lockTimeout);
