CREATE TABLE "administration_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "administration_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"org_code" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "creations" (
	"id" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"subject_id" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "successor_code" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "org_code" text;--> statement-breakpoint
-- Accounts from before belong to the organisation of their first duty.
UPDATE "users" SET "org_code" = coalesce(
	(SELECT "org_code" FROM "duties" WHERE "user_id" = "users"."id" ORDER BY "id" LIMIT 1),
	(SELECT "code" FROM "organisations" WHERE "parent_code" IS NULL ORDER BY "code" LIMIT 1),
	'0'
);--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "org_code" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "villager_groups" ADD COLUMN "valid_to" date;--> statement-breakpoint
CREATE INDEX "administration_log_org_idx" ON "administration_log" USING btree ("org_code","id");--> statement-breakpoint
CREATE INDEX "administration_log_subject_idx" ON "administration_log" USING btree ("subject","id");--> statement-breakpoint
CREATE TRIGGER administration_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON administration_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER read_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON read_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
