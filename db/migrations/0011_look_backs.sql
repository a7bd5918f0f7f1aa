CREATE TABLE "look_backs" (
	"village_code" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"pack_id" text NOT NULL,
	"clause" text NOT NULL,
	"exit_year" integer NOT NULL,
	"words" text NOT NULL,
	"finished_at" bigint,
	"finished_by" text,
	"outcome" text,
	"proofs" jsonb,
	CONSTRAINT "look_backs_village_code_opened_at_pk" PRIMARY KEY("village_code","opened_at")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "look_backs_open_key" ON "look_backs" USING btree ("village_code") WHERE "look_backs"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "look_backs_finished_idx" ON "look_backs" USING btree ("finished_at");