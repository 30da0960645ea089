CREATE TABLE `alert_notices` (
	`target` text NOT NULL,
	`tenant` text NOT NULL,
	`cause` text NOT NULL,
	`seq` integer NOT NULL,
	`due_at` integer NOT NULL,
	`tries` integer NOT NULL,
	PRIMARY KEY(`target`, `tenant`, `cause`)
);
--> statement-breakpoint
CREATE INDEX `alert_notices_due` ON `alert_notices` (`target`,`due_at`);--> statement-breakpoint
CREATE TABLE `alert_targets` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`kinds` text NOT NULL,
	`tenant` text,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`failing_since` integer,
	`last_error` text DEFAULT '' NOT NULL,
	`away` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`tenant` text NOT NULL,
	`cause` text NOT NULL,
	`kind` text NOT NULL,
	`integration` text NOT NULL,
	`text` text NOT NULL,
	`remedy` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`count` integer NOT NULL,
	`resolved_at` integer,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant`, `cause`)
);
--> statement-breakpoint
CREATE INDEX `alerts_open` ON `alerts` (`tenant`,`cause`) WHERE resolved_at is null;--> statement-breakpoint
CREATE TABLE `audit` (
	`tenant` text NOT NULL,
	`seq` integer NOT NULL,
	`record` text,
	`entry` text NOT NULL,
	`mac` text NOT NULL,
	`again` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`tenant`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_record` ON `audit` (`tenant`,`record`,`seq`) WHERE again = 1;--> statement-breakpoint
CREATE TABLE `audit_checkpoints` (
	`tenant` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`mac` text NOT NULL,
	`signature` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chores` (
	`name` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`vendor` text NOT NULL,
	`environment` text NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`account` text,
	`settings` text NOT NULL,
	`credentials` text,
	`webhook_secret` text,
	`client_certificate` integer DEFAULT false NOT NULL,
	`grant_name` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`checked_at` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `connections_tenant` ON `connections` (`tenant`);--> statement-breakpoint
CREATE INDEX `connections_checked` ON `connections` (`checked_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `connections_account` ON `connections` (`vendor`,`environment`,`account_id`);--> statement-breakpoint
CREATE INDEX `connections_grant` ON `connections` (`grant_name`);--> statement-breakpoint
CREATE TABLE `consents` (
	`hash` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`connection` text NOT NULL,
	`vendor` text NOT NULL,
	`key` text NOT NULL,
	`principal` text NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `consents_expired` ON `consents` (`expires_at`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`reason` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`replayed_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`replayed_at`);--> statement-breakpoint
CREATE TABLE `erasures` (
	`tenant` text PRIMARY KEY NOT NULL,
	`grants` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `hooks` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`connection` text NOT NULL,
	`event` text NOT NULL,
	`url` text NOT NULL,
	`remote_id` text,
	`secret` text,
	`previous_secret` text,
	`state` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hooks_event` ON `hooks` (`connection`,`event`);--> statement-breakpoint
CREATE INDEX `hooks_tenant` ON `hooks` (`tenant`,`id`);--> statement-breakpoint
CREATE TABLE `integrations` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`pair` text NOT NULL,
	`source_connection` text NOT NULL,
	`target_connection` text NOT NULL,
	`settings` text NOT NULL,
	`flows` text NOT NULL,
	`schedule` text NOT NULL,
	`start_date` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `integrations_tenant` ON `integrations` (`tenant`);--> statement-breakpoint
CREATE INDEX `integrations_source` ON `integrations` (`source_connection`);--> statement-breakpoint
CREATE INDEX `integrations_target` ON `integrations` (`target_connection`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`principal` text NOT NULL,
	`made_by` text NOT NULL,
	`scopes` text NOT NULL,
	`tenant` text,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `mappings` (
	`integration` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`target` text NOT NULL,
	PRIMARY KEY(`integration`, `kind`, `code`)
);
--> statement-breakpoint
CREATE TABLE `pending_actions` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`version` integer NOT NULL,
	`entry` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pending_actions_tenant` ON `pending_actions` (`tenant`);--> statement-breakpoint
CREATE TABLE `records` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`integration` text NOT NULL,
	`flow` text NOT NULL,
	`source_id` text NOT NULL,
	`source_number` text NOT NULL,
	`target_id` text NOT NULL,
	`target_number` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`code` text NOT NULL,
	`text` text NOT NULL,
	`remedy` text NOT NULL,
	`version` text NOT NULL,
	`at` integer NOT NULL,
	`since` integer NOT NULL,
	`seq` integer NOT NULL,
	`first` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `records_kind` ON `records` (`tenant`,`integration`,`flow`,`id`);--> statement-breakpoint
CREATE INDEX `records_number` ON `records` (`tenant`,`source_number`,`id`);--> statement-breakpoint
CREATE INDEX `records_source` ON `records` (`tenant`,`source_id`,`id`);--> statement-breakpoint
CREATE INDEX `records_state` ON `records` (`tenant`,`state`,`id`) WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX `records_code` ON `records` (`tenant`,`code`,`id`) WHERE code <> '';--> statement-breakpoint
CREATE INDEX `records_cause` ON `records` (`tenant`,`state`,`flow`,`code`,`remedy`,`integration`,`since`,`at`,`id`) WHERE code <> '';--> statement-breakpoint
CREATE TABLE `reference_entries` (
	`connection` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`active` integer NOT NULL,
	`uses` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`connection`, `kind`, `code`)
);
--> statement-breakpoint
CREATE TABLE `schedules` (
	`integration` text NOT NULL,
	`flow` text NOT NULL,
	`tenant` text NOT NULL,
	`pair` text NOT NULL,
	`schedule` text NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`integration`, `flow`)
);
--> statement-breakpoint
CREATE INDEX `schedules_due` ON `schedules` (`due_at`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`data_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`poked_at` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tenants_poked` ON `tenants` (`poked_at`);