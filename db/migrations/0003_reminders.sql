CREATE TABLE "reminders" (
	"roster_id" text NOT NULL,
	"term" text NOT NULL,
	"pass" integer NOT NULL,
	"rung" text NOT NULL,
	"kind" text NOT NULL,
	"county_code" text NOT NULL,
	"unit_code" text NOT NULL,
	"due_at" bigint,
	"fires_at" bigint NOT NULL,
	"fired_at" bigint NOT NULL,
	"told" jsonb NOT NULL,
	"words" text NOT NULL,
	"receipt" jsonb,
	"nudged_by" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reminders_roster_id_term_pass_rung_pk" PRIMARY KEY("roster_id","term","pass","rung")
);
--> statement-breakpoint
CREATE TABLE "vacancies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vacancies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"county_code" text NOT NULL,
	"org_code" text NOT NULL,
	"desk" text NOT NULL,
	"words" text NOT NULL,
	"found_at" bigint NOT NULL,
	"ended_at" bigint,
	"told_org" text
);
--> statement-breakpoint
DROP TABLE "notifications";
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"about" text NOT NULL,
	"kind" text NOT NULL,
	"roster_id" text,
	"unit_code" text NOT NULL,
	"org_code" text NOT NULL,
	"duty" text NOT NULL,
	"words" text NOT NULL,
	"at" bigint NOT NULL,
	"read_at" bigint
);
--> statement-breakpoint
DROP INDEX "rosters_due_county_idx";
--> statement-breakpoint
DROP INDEX "rosters_due_township_idx";
--> statement-breakpoint
DROP INDEX "rosters_due_unit_idx";
--> statement-breakpoint
ALTER TABLE "rosters" ADD COLUMN "deadline_at" bigint;
--> statement-breakpoint
ALTER TABLE "rosters" ADD COLUMN "next_reminder_at" bigint;
--> statement-breakpoint
CREATE INDEX "reminders_county_idx" ON "reminders" USING btree ("county_code","fires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "vacancies_open_key" ON "vacancies" USING btree ("org_code","desk") WHERE "vacancies"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "vacancies_county_idx" ON "vacancies" USING btree ("county_code") WHERE "vacancies"."ended_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_about_key" ON "notifications" USING btree ("user_id","about");
--> statement-breakpoint
CREATE INDEX "notifications_user_idx" ON "notifications" USING btree ("user_id","id");
--> statement-breakpoint
CREATE INDEX "notifications_unread_idx" ON "notifications" USING btree ("user_id") WHERE "notifications"."read_at" is null;
--> statement-breakpoint
CREATE INDEX "rosters_deadline_county_idx" ON "rosters" USING btree ("county_code","deadline_at","id","procedure","step_key") WHERE "rosters"."open";
--> statement-breakpoint
CREATE INDEX "rosters_deadline_township_idx" ON "rosters" USING btree ("township_code","deadline_at","id","procedure","step_key") WHERE "rosters"."open";
--> statement-breakpoint
CREATE INDEX "rosters_deadline_unit_idx" ON "rosters" USING btree ("unit_code","deadline_at","id","procedure","step_key") WHERE "rosters"."open";
--> statement-breakpoint
CREATE INDEX "rosters_desk_idx" ON "rosters" USING btree ("county_code","unit_code","plan_hash","step_key") WHERE "rosters"."open";
--> statement-breakpoint
CREATE INDEX "rosters_reminder_idx" ON "rosters" USING btree ("county_code","next_reminder_at") WHERE "rosters"."next_reminder_at" is not null;
--> statement-breakpoint
UPDATE "rosters" SET "deadline_at" = least("due_at", "outer_due_at");
--> statement-breakpoint
CREATE TRIGGER reminders_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reminders
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
