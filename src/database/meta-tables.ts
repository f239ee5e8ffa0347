import type { DataSource } from 'typeorm';
import { applyUpgrades } from './upgrades.js';

/** Each entry takes Dynamo's own tables one version further. Entries are only ever added. */
const UPGRADES: readonly ((schema: string) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}.meta_model (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      app text NOT NULL,
      name text NOT NULL,
      verbose_name text,
      description text NOT NULL DEFAULT '',
      admin boolean NOT NULL,
      folded_name text GENERATED ALWAYS AS (lower(replace(app || '.' || name, '_', ''))) STORED
    );
    CREATE INDEX meta_model_folded_name ON ${schema}.meta_model (folded_name);
    CREATE TABLE ${schema}.meta_field (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      meta_model_id uuid NOT NULL REFERENCES ${schema}.meta_model ON DELETE CASCADE,
      name text NOT NULL,
      verbose_name text,
      type text NOT NULL,
      related_model text,
      related_model_id uuid,
      description text NOT NULL DEFAULT '',
      "order" integer,
      unique_together text,
      "unique" boolean NOT NULL DEFAULT false,
      help text NOT NULL DEFAULT '',
      choices jsonb,
      "default" jsonb,
      required boolean NOT NULL DEFAULT false,
      options jsonb NOT NULL DEFAULT '{}',
      sequence bigint GENERATED ALWAYS AS IDENTITY
    );
    CREATE INDEX meta_field_meta_model_id ON ${schema}.meta_field (meta_model_id);
    CREATE INDEX meta_field_related_model_id ON ${schema}.meta_field (related_model_id);
    -- The definition as last applied to the table; null once the model is deleted. It outlives the meta rows, so that
    -- a deletion can be followed whichever way it was made, and by every node.
    CREATE TABLE ${schema}.applied_model (
      id uuid PRIMARY KEY,
      app text NOT NULL,
      name text NOT NULL,
      folded_name text GENERATED ALWAYS AS (lower(replace(app || '.' || name, '_', ''))) STORED,
      table_name text NOT NULL,
      hash text NOT NULL,
      version bigint NOT NULL,
      related_ids uuid[] NOT NULL,
      definition jsonb
    );
    CREATE INDEX applied_model_version ON ${schema}.applied_model (version);
    CREATE INDEX applied_model_folded_name ON ${schema}.applied_model (folded_name);
    CREATE TABLE ${schema}.schema_version (version bigint NOT NULL);
    INSERT INTO ${schema}.schema_version VALUES (0);`,
  (schema) => `ALTER TABLE ${schema}.meta_model ADD COLUMN primary_key text NOT NULL DEFAULT 'big_auto';`,
  (schema) => `
    -- One row per model and change, written in the transaction of the change.
    CREATE TABLE ${schema}.schema_change (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      model_id uuid NOT NULL,
      version bigint NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      "by" text,
      kind text NOT NULL,
      before jsonb,
      after jsonb,
      operations jsonb NOT NULL,
      duration_ms double precision NOT NULL
    );
    CREATE INDEX schema_change_model_id ON ${schema}.schema_change (model_id, id);`,
  (schema) => `
    ALTER TABLE ${schema}.schema_change ADD COLUMN address text, ADD COLUMN request_id text;
    CREATE FUNCTION ${schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        RAISE EXCEPTION 'Rows of "%.%" are only ever added: % is refused, because they say what has been.',
          TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP;
      END
    $body$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.schema_change
      FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change();
    -- For sessions too that leave out other triggers, as those of replication do.
    ALTER TABLE ${schema}.schema_change ENABLE ALWAYS TRIGGER append_only;`,
  (schema) => `
    -- Tells whether a COMMIT took place whose answer was lost. One transaction may change several models.
    ALTER TABLE ${schema}.schema_change ADD COLUMN change_id uuid;
    CREATE INDEX schema_change_change_id ON ${schema}.schema_change (change_id);`,
  (schema) => `
    -- Changes of tables with many rows: what they need is got ready while the tables are used, then they are made.
    CREATE TABLE ${schema}.background_change (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'building', 'valid', 'failed', 'cancelled')),
      model_ids uuid[] NOT NULL,
      models text[] NOT NULL,
      description text NOT NULL,
      edit jsonb NOT NULL,
      prepared jsonb NOT NULL,
      undo jsonb NOT NULL,
      "by" text,
      address text,
      request_id text,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      finished_at timestamptz,
      -- Who works on it, and until when nobody else does.
      owner uuid,
      leased_until timestamptz,
      is_cancelled boolean NOT NULL DEFAULT false,
      error jsonb,
      result jsonb
    );
    CREATE INDEX background_change_created_at ON ${schema}.background_change (created_at);
    CREATE INDEX background_change_under_way ON ${schema}.background_change (state) WHERE state IN ('pending', 'building');
    CREATE TABLE ${schema}.background_step (
      change_id uuid NOT NULL REFERENCES ${schema}.background_change ON DELETE CASCADE,
      position integer NOT NULL,
      description text NOT NULL,
      work jsonb NOT NULL,
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'building', 'valid', 'failed')),
      done bigint NOT NULL DEFAULT 0,
      total bigint,
      -- Key of the last row that is filled.
      cursor text,
      PRIMARY KEY (change_id, position)
    );`,
  (schema) => `
    -- Answers to writes of records that came with an idempotency key, written in the transactions of the writes.
    CREATE TABLE ${schema}.idempotent_answer (
      -- SHA-256 of who has sent it and the key.
      place bytea PRIMARY KEY,
      attempt uuid NOT NULL,
      fingerprint text NOT NULL,
      rights text NOT NULL,
      status smallint NOT NULL,
      body text,
      is_whole boolean NOT NULL,
      schema_version bigint NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX idempotent_answer_at ON ${schema}.idempotent_answer (at);`,
];

/**
 * Creates Dynamo's own tables in `schema`, or brings them up to date. Any number of processes may do so at once.
 *
 * @throws UnsupportedDatabaseError for a server that is no PostgreSQL 14 or newer, or tables of a newer Dynamo
 */
export const upgradeMetaTables = async (dataSource: DataSource, schema: string, lockTimeout: number): Promise<void> =>
  applyUpgrades(dataSource, { schema, journal: 'upgrade', upgrades: UPGRADES }, lockTimeout);
