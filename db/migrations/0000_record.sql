CREATE TABLE "act_targets" (
	"act_id" text NOT NULL,
	"roster_id" text NOT NULL,
	"case_ids" jsonb,
	"command_id" text NOT NULL,
	CONSTRAINT "act_targets_act_id_roster_id_pk" PRIMARY KEY("act_id","roster_id")
);
--> statement-breakpoint
CREATE TABLE "acts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"issuer_code" text NOT NULL,
	"document_no" text,
	"document_on" text,
	"title" text NOT NULL,
	"body" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"signed_by" text NOT NULL,
	"signed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "business_clock" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"offset_ms" bigint NOT NULL,
	"training" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clues" (
	"id" text PRIMARY KEY NOT NULL,
	"village_code" text NOT NULL,
	"roster_id" text,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"due_at" bigint,
	"closed_at" bigint,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "comparison_batches" (
	"id" text PRIMARY KEY NOT NULL,
	"county_code" text NOT NULL,
	"procedure" text NOT NULL,
	"title" text NOT NULL,
	"departments" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comparison_receipts" (
	"id" text PRIMARY KEY NOT NULL,
	"batch_id" text NOT NULL,
	"department" text NOT NULL,
	"data_on" text NOT NULL,
	"valid_until" bigint NOT NULL,
	"file_hash" text,
	"returned_by" text NOT NULL,
	"returned_at" bigint NOT NULL,
	"summary" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comparison_results" (
	"receipt_id" text NOT NULL,
	"case_id" text NOT NULL,
	"id_number" text NOT NULL,
	"hit" boolean NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "comparison_results_receipt_id_case_id_id_number_pk" PRIMARY KEY("receipt_id","case_id","id_number")
);
--> statement-breakpoint
CREATE TABLE "comparison_subjects" (
	"batch_id" text NOT NULL,
	"case_id" text NOT NULL,
	"roster_id" text NOT NULL,
	"id_number" text NOT NULL,
	"name" text NOT NULL,
	"relation" text NOT NULL,
	CONSTRAINT "comparison_subjects_batch_id_case_id_id_number_pk" PRIMARY KEY("batch_id","case_id","id_number")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"hash" text PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"original_name" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"key" text PRIMARY KEY NOT NULL,
	"roster_id" text NOT NULL,
	"rung" text NOT NULL,
	"org_code" text NOT NULL,
	"duty" text NOT NULL,
	"words" text NOT NULL,
	"fired_at" bigint NOT NULL,
	"read_at" bigint,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pack_confirmations" (
	"id" text PRIMARY KEY NOT NULL,
	"pack_id" text NOT NULL,
	"area_code" text NOT NULL,
	"path" text NOT NULL,
	"value" jsonb NOT NULL,
	"document_no" text NOT NULL,
	"document_on" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"confirmed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "packs" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"source" text NOT NULL,
	"loaded_by" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "packs_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "read_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "read_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"what" text NOT NULL,
	"reference" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registration_rows" (
	"case_id" text NOT NULL,
	"effect_no" integer NOT NULL,
	"operator_id" text NOT NULL,
	"operator_name" text NOT NULL,
	"operator_at" bigint NOT NULL,
	"reviewer_id" text,
	"reviewer_name" text,
	"reviewer_at" bigint,
	"carried_at" bigint,
	CONSTRAINT "registration_rows_case_id_effect_no_pk" PRIMARY KEY("case_id","effect_no")
);
--> statement-breakpoint
CREATE TABLE "registry_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"roster_id" text NOT NULL,
	"effect_id" text NOT NULL,
	"function_key" text NOT NULL,
	"window_id" text NOT NULL,
	"adapter" text NOT NULL,
	"state" text NOT NULL,
	"payload" jsonb NOT NULL,
	"registry_no" text,
	"receipt_no" text,
	"manual_record" jsonb,
	"refusal_code" text,
	"refusal_words" text,
	"operator_id" text NOT NULL,
	"reviewer_id" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"intent_at" bigint NOT NULL,
	"sent_at" bigint,
	"answered_at" bigint,
	"reported_at" bigint
);
--> statement-breakpoint
CREATE TABLE "registry_windows" (
	"id" text PRIMARY KEY NOT NULL,
	"function_key" text NOT NULL,
	"unit_code" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"closes_at" bigint,
	"opened_by" text NOT NULL,
	"document_no" text NOT NULL,
	"closed_by" text,
	"closed_reason" text
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" text PRIMARY KEY NOT NULL,
	"household_no" text,
	"village_code" text NOT NULL,
	"residence_code" text NOT NULL,
	"group_id" text,
	"natural_village" text,
	"head_name" text NOT NULL,
	"head_id_number" text NOT NULL,
	"member_count" integer NOT NULL,
	"phone" text,
	"snapshot_hash" text,
	"status" text DEFAULT 'unregistered' NOT NULL,
	"attribute" text DEFAULT 'ordinary' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"household_id" text NOT NULL,
	"person_no" text,
	"name" text NOT NULL,
	"id_number" text NOT NULL,
	"relation" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry_snapshots" (
	"hash" text PRIMARY KEY NOT NULL,
	"household_id" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roll_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"file_hash" text NOT NULL,
	"area_code" text NOT NULL,
	"preview" jsonb NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "village_profiles" (
	"village_code" text PRIMARY KEY NOT NULL,
	"is_poor_village" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_forms" (
	"case_id" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"body" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "visit_forms_case_id_version_pk" PRIMARY KEY("case_id","version")
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"org_code" text NOT NULL,
	"duty" text NOT NULL,
	"department" text,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"org_code" text NOT NULL,
	"duty" text,
	"households" jsonb,
	"granted_by" text NOT NULL,
	"reason" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"code" text PRIMARY KEY NOT NULL,
	"parent_code" text,
	"level" text NOT NULL,
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"data" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" text PRIMARY KEY NOT NULL,
	"sign_in_name" text NOT NULL,
	"address" text NOT NULL,
	"failed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"sign_in_name" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "villager_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"village_code" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"roster_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"subject_id" text NOT NULL,
	"family" text,
	"live" boolean NOT NULL,
	"status" text NOT NULL,
	"outcome" text,
	"village_code" text NOT NULL,
	"procedure" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" text PRIMARY KEY NOT NULL,
	"roster_id" text NOT NULL,
	"act_id" text,
	"user_id" text NOT NULL,
	"actor" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"body_hash" text NOT NULL,
	"received_at" bigint NOT NULL,
	"outcome" jsonb,
	"applied_at" bigint
);
--> statement-breakpoint
CREATE TABLE "decision_facts" (
	"hash" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"roster_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"command_id" text,
	"actor" jsonb,
	"body" jsonb NOT NULL,
	"plan_hash" text NOT NULL,
	"facts_hash" text,
	"rules_version" text NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "events_roster_id_seq_pk" PRIMARY KEY("roster_id","seq")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"hash" text PRIMARY KEY NOT NULL,
	"pack_id" text NOT NULL,
	"procedure" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "progress" (
	"village_code" text NOT NULL,
	"township_code" text NOT NULL,
	"county_code" text NOT NULL,
	"procedure" text NOT NULL,
	"pack_id" text NOT NULL,
	"bucket" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "progress_village_code_procedure_pack_id_bucket_pk" PRIMARY KEY("village_code","procedure","pack_id","bucket")
);
--> statement-breakpoint
CREATE TABLE "rosters" (
	"id" text PRIMARY KEY NOT NULL,
	"procedure" text NOT NULL,
	"pack_id" text NOT NULL,
	"plan_hash" text NOT NULL,
	"year" integer NOT NULL,
	"title" text NOT NULL,
	"unit_code" text NOT NULL,
	"township_code" text NOT NULL,
	"county_code" text NOT NULL,
	"batch" integer NOT NULL,
	"parent_id" text,
	"state" jsonb NOT NULL,
	"seq" integer NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"open" boolean NOT NULL,
	"step_key" text NOT NULL,
	"step_kind" text NOT NULL,
	"holder_level" text NOT NULL,
	"holder_code" text NOT NULL,
	"entered_at" bigint NOT NULL,
	"opened_at" bigint NOT NULL,
	"closed_at" bigint,
	"due_at" bigint,
	"outer_due_at" bigint,
	"next_wake_at" bigint,
	"suspended_at" bigint,
	"open_cases" integer NOT NULL,
	"blocked_cases" integer NOT NULL,
	"total_cases" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "acts_issuer_idx" ON "acts" USING btree ("issuer_code","signed_at");--> statement-breakpoint
CREATE INDEX "clues_village_idx" ON "clues" USING btree ("village_code","due_at");--> statement-breakpoint
CREATE INDEX "comparison_receipts_batch_idx" ON "comparison_receipts" USING btree ("batch_id","department");--> statement-breakpoint
CREATE INDEX "comparison_results_case_idx" ON "comparison_results" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "comparison_subjects_case_idx" ON "comparison_subjects" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "notifications_org_idx" ON "notifications" USING btree ("org_code","fired_at");--> statement-breakpoint
CREATE INDEX "pack_confirmations_pack_idx" ON "pack_confirmations" USING btree ("pack_id","area_code");--> statement-breakpoint
CREATE INDEX "read_log_user_idx" ON "read_log" USING btree ("user_id","recorded_at" desc);--> statement-breakpoint
CREATE UNIQUE INDEX "registry_entries_effect_key" ON "registry_entries" USING btree ("case_id","effect_id");--> statement-breakpoint
CREATE INDEX "registry_entries_state_idx" ON "registry_entries" USING btree ("state","roster_id");--> statement-breakpoint
CREATE INDEX "registry_windows_unit_idx" ON "registry_windows" USING btree ("unit_code","function_key");--> statement-breakpoint
CREATE UNIQUE INDEX "households_no_key" ON "households" USING btree ("household_no");--> statement-breakpoint
CREATE INDEX "households_village_idx" ON "households" USING btree ("village_code","status");--> statement-breakpoint
CREATE INDEX "households_head_idx" ON "households" USING btree ("head_id_number");--> statement-breakpoint
CREATE UNIQUE INDEX "members_person_no_key" ON "members" USING btree ("person_no");--> statement-breakpoint
CREATE INDEX "members_household_idx" ON "members" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "members_id_number_idx" ON "members" USING btree ("id_number");--> statement-breakpoint
CREATE INDEX "registry_snapshots_household_idx" ON "registry_snapshots" USING btree ("household_id","as_of");--> statement-breakpoint
CREATE INDEX "visit_forms_hash_idx" ON "visit_forms" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "duties_user_idx" ON "duties" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "duties_org_idx" ON "duties" USING btree ("org_code");--> statement-breakpoint
CREATE INDEX "grants_user_idx" ON "grants" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "organisations_parent_idx" ON "organisations" USING btree ("parent_code");--> statement-breakpoint
CREATE INDEX "sessions_expires_idx" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_name_idx" ON "sign_in_failures" USING btree ("sign_in_name","failed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_sign_in_name_key" ON "users" USING btree (lower("sign_in_name"));--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_live_per_family" ON "cases" USING btree ("subject_id","family") WHERE "cases"."live";--> statement-breakpoint
CREATE INDEX "cases_roster_idx" ON "cases" USING btree ("roster_id","ordinal");--> statement-breakpoint
CREATE INDEX "cases_village_idx" ON "cases" USING btree ("village_code","procedure");--> statement-breakpoint
CREATE INDEX "commands_waiting_idx" ON "commands" USING btree ("roster_id","received_at","id") WHERE "commands"."outcome" is null;--> statement-breakpoint
CREATE INDEX "commands_act_idx" ON "commands" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "events_command_idx" ON "events" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "progress_county_idx" ON "progress" USING btree ("county_code");--> statement-breakpoint
CREATE INDEX "progress_township_idx" ON "progress" USING btree ("township_code");--> statement-breakpoint
CREATE INDEX "rosters_due_county_idx" ON "rosters" USING btree ("county_code","due_at") WHERE "rosters"."open";--> statement-breakpoint
CREATE INDEX "rosters_due_township_idx" ON "rosters" USING btree ("township_code","due_at") WHERE "rosters"."open";--> statement-breakpoint
CREATE INDEX "rosters_due_unit_idx" ON "rosters" USING btree ("unit_code","due_at") WHERE "rosters"."open";--> statement-breakpoint
CREATE INDEX "rosters_holder_idx" ON "rosters" USING btree ("holder_code","step_key") WHERE "rosters"."open";--> statement-breakpoint
CREATE INDEX "rosters_wake_idx" ON "rosters" USING btree ("next_wake_at") WHERE "rosters"."open";--> statement-breakpoint
CREATE UNIQUE INDEX "rosters_batch_key" ON "rosters" USING btree ("unit_code","procedure","year","batch") WHERE "rosters"."parent_id" is null;